import { formatCount } from "../../src/format/numbers";
import { formatShapes } from "../../src/format/shapes";
import type { Network, NodeSize } from "../../src/protocol/network";
import { type Item, lastLayer, ownLayers, typesOf } from "./level";
import { type Measure, measureItem, measureText, shareText, SIZE_NAMES } from "./measures";

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
  return { ...titleOf(item), count: measureText(measure), share: shareText(measure) };
}

function titleOf(item: Item): Pick<NodeText, "name" | "times" | "detail"> {
  if (item.kind === "layer") return { name: item.layer.name, times: "", detail: item.layer.type };
  const { layer, layers, repeats } = item;
  const count = `${formatCount(layers.length)} ${layers.length === 1 ? "layer" : "layers"}`;
  if (item.kind === "model") return { name: layer.name, times: "", detail: `${layer.type} · ${count}` };
  const pattern = layers.slice(0, layers.length / repeats);
  const name = pattern.length > LISTED_TYPES ? `${layer.type} … ${pattern.at(-1)?.type ?? ""}` : typesOf(pattern);
  return { name, times: `×${formatCount(repeats)}`, detail: count };
}

/** A node in words, for those who hear it. */
export function describeItem(item: Item, network: Network): string {
  const { layer } = item;
  const { name, times, detail } = titleOf(item);
  const what =
    item.kind === "repetition"
      ? `${typesOf(item.layers.slice(0, item.layers.length / item.repeats))}, repeated ${times.slice(1)} times`
      : `${name}, ${detail}`;
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

const SEVERITIES = ["error", "warning", "info"] as const;

/** Of a closed group, that of all layers inside. */
export function gravestProblem(item: Item): Item["layer"]["problem"] {
  const problems = itemProblems(item);
  return SEVERITIES.map((severity) => problems.find((problem) => problem.severity === severity)).find(Boolean) ?? null;
}

function itemProblems(item: Item): NonNullable<Item["layer"]["problem"]>[] {
  const own = ownLayers(item).flatMap(({ problem }) => problem ?? []);
  return item.kind === "layer" ? own : [...own, ...item.content.items.flatMap(itemProblems)];
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
