import { shapeList, type Shape } from "../../format";
import type { LayerDocumentation, LayerSummary, Shapes } from "../../protocol";
import { type Formula, texWords } from "./tex";
import { texTokens, weightSymbol } from "./weightSymbols";

/** More of the same symbol with its dimensions would hide the formula. */
const REPETITIONS = 2;
/** Symbols listed below a formula, in a row. */
const IN_ROW = 4;

interface Symbols {
  /** In LaTeX. */
  readonly symbol: string;
  readonly name: string;
  readonly dimensions: readonly (number | null)[];
}

/**
 * A layer's formula with the dimensions of everything in it, for one sample and for a batch: below the symbols where they stand alone, else
 * in a list below the formula. Undefined for a layer without a formula.
 */
export function outputFormula(
  layer: LayerSummary,
  documentation: LayerDocumentation | null,
  batchSize: number,
): Formula | undefined {
  if (documentation === null || documentation.formula === "") return undefined;
  const { formula } = documentation;
  const weights = layer.weights.map(({ name, shape }) => ({
    symbol: weightSymbol(name, formula) ?? texWords(name),
    name,
    dimensions: shape,
  }));
  const sample = [...ends("x", "input", layer.inputShape, 1), ...weights, ...ends("y", "output", layer.outputShape, 1)];
  const batch = [
    ...ends("x", "input", layer.inputShape, batchSize),
    ...weights,
    ...ends("y", "output", layer.outputShape, batchSize),
  ];
  const text = `One sample: ${read(sample)}. A batch of ${batchSize}: ${read(batch)}.`;
  const [single, many] = [underset(formula, sample), underset(formula, batch, (symbol) => symbol.toUpperCase())];
  if (single !== undefined && many !== undefined) {
    const rows = [
      String.raw`\text{one sample:} & \displaystyle ${single}`,
      String.raw`\text{a batch of ${batchSize}:} & \displaystyle ${many}`,
    ];
    return { tex: String.raw`\begin{array}{ll} ${rows.join(String.raw` \\[10pt] `)} \end{array}`, text };
  }
  return { tex: listed(formula, sample, batch, batchSize), text };
}

/** The input or the output; a sample of one dimension is a row. */
function ends(symbol: string, name: string, shapes: Shapes, batchSize: number): Symbols[] {
  const list = shapeList(shapes) ?? [];
  return list.map((shape, index) => ({
    symbol: list.length === 1 ? symbol : `${symbol}_{${index + 1}}`,
    name: list.length === 1 ? name : `${name} ${index + 1}`,
    dimensions: withBatch(shape, batchSize),
  }));
}

function withBatch([, ...sample]: Shape, batchSize: number): Shape {
  return batchSize === 1 && sample.length > 1 ? sample : [batchSize, ...sample];
}

function read(symbols: readonly Symbols[]): string {
  return symbols.map(({ name, dimensions }) => `${name} ${dimensions.map((size) => size ?? "?").join(" × ")}`).join(", ");
}

/** Writes the dimensions below each symbol; undefined where one is missing in the formula, has indices, or would come too often. */
function underset(formula: string, symbols: readonly Symbols[], rename = (symbol: string): string => symbol): string | undefined {
  if (symbols.length === 0) return undefined;
  const tokens = texTokens(formula);
  const counts = new Map(symbols.map(({ symbol }) => [symbol, 0]));
  if (counts.size < symbols.length || /\\(text|operatorname|begin)\b/.test(formula)) return undefined;
  const output = tokens.map((token, index) => {
    const count = counts.get(token);
    if (count === undefined) return token;
    const next = tokens.slice(index + 1).find((following) => following.trim() !== "");
    counts.set(token, next === "_" || next === "^" ? Infinity : count + 1);
    const { dimensions = [] } = symbols.find(({ symbol }) => symbol === token) ?? {};
    const shown = token === "x" || token === "y" ? rename(token) : token;
    return String.raw`\underset{${texDimensions(dimensions)}}{${shown}}`;
  });
  const shown = [...counts.values()].every((count) => count >= 1 && count <= REPETITIONS);
  // A narrow space keeps neighbours' dimensions apart.
  return shown ? output.join("").replaceAll("} \\underset", "}\\;\\;\\underset") : undefined;
}

function listed(formula: string, sample: readonly Symbols[], batch: readonly Symbols[], batchSize: number): string {
  const rows = (symbols: readonly Symbols[]): string[] => {
    const items = symbols.map(({ symbol, dimensions }) => String.raw`${symbol}:\ ${texDimensions(dimensions)}`);
    return Array.from({ length: Math.ceil(items.length / IN_ROW) }, (_, row) =>
      items.slice(row * IN_ROW, (row + 1) * IN_ROW).join(String.raw` \qquad `),
    );
  };
  const changed = batch.filter(({ dimensions }, index) => dimensions.join() !== sample[index]?.dimensions.join());
  const lines = [
    ...rows(sample).map((row, index) => `${index === 0 ? String.raw`\text{one sample:}` : ""} & ${row}`),
    ...rows(changed).map((row, index) => `${index === 0 ? String.raw`\text{a batch of ${batchSize}:}` : ""} & ${row}`),
  ];
  const list = String.raw`\begin{array}{ll} ${lines.join(String.raw` \\[3pt] `)} \end{array}`;
  return String.raw`\begin{array}{l} \displaystyle ${formula} \\[8pt] ${list} \end{array}`;
}

function texDimensions(dimensions: readonly (number | null)[]): string {
  return dimensions.map((size) => size ?? "?").join(String.raw` \times `);
}
