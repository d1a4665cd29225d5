import uPlot from "uplot";
import { formatValue } from "../format";
import type { ChartData } from "./series";

/** A dashed line at the best epoch, with its name. */
export function bestEpochMark(best: () => number | null, color: string, font: string): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const epoch = best();
        if (epoch === null) return;
        const { ctx, bbox } = plot;
        const x = plot.valToPos(epoch, "x", true);
        ctx.save();
        ctx.strokeStyle = color;
        ctx.fillStyle = color;
        ctx.font = scaled(font);
        ctx.setLineDash([3 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.textAlign = "right";
        ctx.textBaseline = "top";
        ctx.fillText("best", x - 4 * uPlot.pxRatio, bbox.top + 2 * uPlot.pxRatio);
        ctx.restore();
      },
    },
  };
}

/** The epoch's values so far, written at the lines' ends instead of in a legend. */
export function endLabels(
  values: () => Pick<ChartData, "training" | "validation">,
  color: string,
  foreground: string,
  dim: string,
  font: string,
): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx, bbox } = plot;
        const line = 13 * uPlot.pxRatio;
        const { training, validation } = values();
        const labels = [labelOf(plot, 2, validation, foreground), labelOf(plot, 1, training, dim)].filter(
          (label) => label !== null,
        );
        labels.sort((a, b) => a.y - b.y);
        let free = bbox.top;
        ctx.save();
        ctx.font = scaled(font);
        ctx.textAlign = "left";
        ctx.textBaseline = "middle";
        for (const label of labels) {
          const y = Math.max(label.y, free + line / 2);
          free = y + line / 2;
          ctx.fillStyle = color;
          ctx.fillRect(bbox.left + bbox.width + 6 * uPlot.pxRatio, y - label.weight / 2, 8 * uPlot.pxRatio, label.weight);
          ctx.fillStyle = label.color;
          ctx.fillText(label.text, bbox.left + bbox.width + 18 * uPlot.pxRatio, y);
        }
        ctx.restore();
      },
    },
  };
}

function labelOf(
  plot: uPlot,
  series: 1 | 2,
  value: number | null,
  color: string,
): { y: number; text: string; color: string; weight: number } | null {
  const drawn: readonly (number | null | undefined)[] = Array.from(plot.data[series] ?? []);
  const end = drawn.findLast((candidate) => typeof candidate === "number");
  if (value === null || typeof end !== "number") return null;
  const weight = (series === 2 ? 3 : 1) * uPlot.pxRatio;
  return { y: plot.valToPos(end, "y", true), text: `${formatValue(value)} ${series === 2 ? "val" : "train"}`, color, weight };
}

/** A CSS font for a canvas whose pixels are device pixels. */
function scaled(font: string): string {
  return font.replace(/^(\d+)px/, (_match, size: string) => `${(Number(size) * uPlot.pxRatio).toString()}px`);
}
