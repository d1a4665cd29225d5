import type { ImageFormat } from "../../src/protocol/network";
import { request } from "../host";
import { diagramDocument } from "./drawDiagram";
import { fontFamily, measureText } from "./measureText";
import { fixedPalette } from "./palette";
import { layout } from "./state";
import { type SvgDocument, svgText } from "./svg";

/** Pixels of a PNG for one of the diagram. */
const SHARPNESS = 2;
/** What a browser draws at most: the side of a canvas, and its area, in pixels. */
const LONGEST_SIDE = 16_384;
const LARGEST_AREA = 64e6;

/** Hands the diagram, as it is drawn, to the host as the contents of a file. */
export async function exportDiagram(format: ImageFormat): Promise<void> {
  try {
    const drawn = layout.value;
    if (drawn === null) throw new Error("There is no model to draw: open a *.model.ts file that makes one.");
    const picture = diagramDocument({ layout: drawn, palette: fixedPalette(themeColor), measure: measureText }, fontFamily());
    const content = format === "svg" ? svgText(picture) : await pngBase64(picture);
    request({ type: "save", format, model: drawn.network.name, content });
  } catch (error) {
    request({ type: "exportFailed", reason: error instanceof Error ? error.message : String(error) });
  }
}

async function pngBase64(picture: SvgDocument): Promise<string> {
  const { width, height } = picture;
  const scale = Math.min(SHARPNESS, LONGEST_SIDE / Math.max(width, height), Math.sqrt(LARGEST_AREA / (width * height)));
  if (scale < 1) {
    const size = `${width.toString()} × ${height.toString()} pixels`;
    throw new Error(`The diagram has ${size}, more than a PNG can hold. Close some of its groups, or export it as SVG.`);
  }
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const { canvas, context } = drawingBoard(Math.round(width * scale), Math.round(height * scale));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace("data:image/png;base64,", "");
}

/** A colour of the theme, without transparency, which not every program understands in SVG: over the editor's background. */
function themeColor(name: string): string | undefined {
  const styles = getComputedStyle(document.documentElement);
  const value = styles.getPropertyValue(`--vscode-${name}`).trim();
  if (value === "") return undefined;
  const { context } = drawingBoard(1, 1);
  for (const color of [styles.getPropertyValue("--vscode-editor-background").trim(), value]) {
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
  }
  const channels = [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function drawingBoard(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This window has no canvas to draw pictures on.");
  return { canvas, context };
}
