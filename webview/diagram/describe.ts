import { formatCount } from "../../src/format/numbers";
import { formatShapes } from "../../src/format/shapes";
import type { Network, NodeSize } from "../../src/protocol/network";
import { type Item, lastLayer, patternOf, typesOf } from "./level";
import { countText, type Measure, measureItem, shareText, SIZE_NAMES } from "./measures";
import { gravestProblem } from "./problems";

/** What is written in a node. */
export interface NodeText {
  readonly name: string;
  /** `×60` */
  readonly times: string;
  readonly count: string;
  readonly detail: string;
  readonly share: string;
}

/** More types than these are summed up. */
const LISTED_TYPES = 3;

export function nodeText(item: Item, size: NodeSize, network: Network): NodeText {
  const measure = measureItem(item, size, network);
  return { ...titleOf(item), count: countText(measure), share: shareText(measure) };
}

function titleOf(item: Item): Pick<NodeText, "name" | "times" | "detail"> {
  if (item.kind === "layer") return { name: item.layer.name, times: "", detail: item.layer.type };
  const { layer, layers, repeats } = item;
  const count = `${formatCount(layers.length)} ${layers.length === 1 ? "layer" : "layers"}`;
  if (item.kind === "model") return { name: layer.name, times: "", detail: `${layer.type} · ${count}` };
  const pattern = patternOf(item);
  const name = pattern.length > LISTED_TYPES ? `${layer.type} … ${pattern.at(-1)?.type ?? ""}` : typesOf(pattern);
  return { name, times: `×${formatCount(repeats)}`, detail: count };
}

/** A node in words, for those who hear it. */
export function describeItem(item: Item, network: Network): string {
  const { layer } = item;
  const { name, times, detail } = titleOf(item);
  const what =
    item.kind === "repetition" ? `${typesOf(patternOf(item))}, repeated ${times.slice(1)} times` : `${name}, ${detail}`;
  const shapes = `from ${formatShapes(layer.inputShape)} to ${formatShapes(lastLayer(item).outputShape)}`;
  return [what, shapes, measureWords(item, "params", network), measureWords(item, "flops", network), ...problemWords(item)].join(
    ", ",
  );
}

function measureWords(item: Item, size: NodeSize, network: Network): string {
  const measure = measureItem(item, size, network);
  if (measure.value === null) return unknownWords(measure, size);
  const share = measure.value > 0 && shareText(measure) !== "" ? ` (${shareText(measure)})` : "";
  return `${formatCount(measure.value)} ${SIZE_NAMES[size]}${share}`;
}

function unknownWords({ hidden }: Measure, size: NodeSize): string {
  return hidden ? `${SIZE_NAMES[size]} to be predicted` : `unknown ${SIZE_NAMES[size]}`;
}

function problemWords(item: Item): string[] {
  const problem = gravestProblem(item);
  return problem === null ? [] : [`${problem.severity}: ${problem.message}`];
}

/** What a node says when the mouse rests on it. */
export function tooltip(item: Item, network: Network): string {
  const { layer } = item;
  const derived = item.kind === "layer" && layer.derivation !== null && layer.derivation !== "0";
  const lines = [
    item.kind === "repetition" ? describeItem(item, network) : `${layer.name} (${layer.type})`,
    `${formatShapes(layer.inputShape)} → ${formatShapes(lastLayer(item).outputShape)}`,
    derived ? `${measureWords(item, "params", network)} = ${layer.derivation ?? ""}` : measureWords(item, "params", network),
    measureWords(item, "flops", network),
    ...problemWords(item),
  ];
  return (item.kind === "repetition" ? lines.slice(0, 1) : lines).join("\n");
}
