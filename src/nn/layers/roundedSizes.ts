import { isShapeList, type Shape } from "../shape";
import type { Node } from "../symbolic";
import { enlarges, reductionOf, separateWays, waysTo } from "./mapWays";

interface Rounding {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly isUp: boolean;
}

/** What to do where a map was made smaller by strides that do not divide its size, and then enlarged again. Empty, or begins with a space. */
export function adviceOnRounding(merging: Node, axis: number): string {
  const enlarged = separateWays(merging).filter((nodes) => nodes.some(({ layer }) => enlarges(layer)));
  const [rounding] = enlarged.flatMap((nodes) => nodes.flatMap((node) => roundingAt(node, axis) ?? []));
  if (rounding === undefined) return "";
  const { name, from, to, isUp } = rounding;
  const rank = (merging.inputs[0]?.shape?.length ?? 0) - 2;
  return ` ${name} makes ${to} of ${from}, rounded ${isUp ? "up" : "down"}, and what is enlarged from there does not come out at ${from} again. ${adviceOnInput(merging, axis)} one map to the other's size with layers.cropping${rank}d or layers.zeroPadding${rank}d.`;
}

function roundingAt({ layer, inputShape, outputShape }: Node, axis: number): Rounding | undefined {
  const stride = reductionOf(layer, axis);
  const [from, to] = [sizeAt(inputShape, axis), sizeAt(outputShape, axis)];
  if (stride <= 1 || from === undefined || to === undefined || from % stride === 0) return undefined;
  return { name: layer.name, from, to, isUp: to * stride > from };
}

/** An input of a size without a rest on the way down needs no cropping. */
function adviceOnInput(merging: Node, axis: number): string {
  const before = merging.inputs.flatMap((input) => [...waysTo(input)]);
  const known = new Map<Node, number>();
  const factor = before.reduce((most, node) => Math.max(most, reductionUpTo(node, axis, known)), 1);
  const sizes = new Set(before.filter(({ inputs }) => inputs.length === 0).map(({ outputShape }) => sizeAt(outputShape, axis)));
  const [size] = sizes;
  if (sizes.size !== 1 || size === undefined || size % factor === 0) return "Bring";
  const lower = Math.floor(size / factor) * factor;
  const near = lower === 0 ? `${factor}` : `${lower} or ${lower + factor}`;
  return `The input's ${size} would have to be divisible by ${factor}, as ${near} is; or bring`;
}

/** How many times smaller than the model's input a map is. @param known Those in front of it are gone through once for all that follow. */
function reductionUpTo(start: Node, axis: number, known: Map<Node, number>): number {
  const way: Node[] = [];
  let node: Node | undefined = start;
  for (; node !== undefined && !known.has(node); node = node.inputs[0]?.node) way.push(node);
  let factor = (node && known.get(node)) ?? 1;
  for (const next of way.reverse()) known.set(next, (factor *= reductionOf(next.layer, axis)));
  return factor;
}

function sizeAt(shape: Shape | readonly Shape[] | null, axis: number): number | undefined {
  return shape === null || isShapeList(shape) ? undefined : (shape[axis] ?? undefined);
}
