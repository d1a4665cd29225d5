import type { Layer } from "../layer";
import type { Node, SymbolicTensor } from "../symbolic";
import { BaseConvolution } from "./convolution";
import { Pooling } from "./pooling";
import { UpSampling } from "./upSampling";

/** For each input of a merging call the calls that lead to it and to no other. */
export function separateWays({ inputs }: Node): Node[][] {
  const ways = inputs.map(waysTo);
  return ways.map((way, index) => {
    const others = new Set(ways.flatMap((other, place) => (place === index ? [] : [...other])));
    return [...way].filter((node) => !others.has(node));
  });
}

/** Every call that a tensor depends on, those in front first. */
export function waysTo({ node }: SymbolicTensor): ReadonlySet<Node> {
  const seen = new Set<Node>();
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...next.inputs.map((input) => input.node));
  }
  return new Set([...seen].reverse());
}

/** The layers on the way to one of the merged maps alone by which it loses its edges. */
export function unpaddedBefore(merging: Node): Layer[] {
  const layers = separateWays(merging).flatMap((nodes) => nodes.map(({ layer }) => layer));
  return [...new Set(layers.filter(losesEdges))];
}

function losesEdges(layer: Layer): boolean {
  if (!(layer instanceof BaseConvolution || layer instanceof Pooling) || enlarges(layer)) return false;
  const { size, strides, padding } = layer.window;
  return padding === "valid" && size.some((length, axis) => length > (strides[axis] ?? 1));
}

/** Whether a layer draws a larger map of its input, as decoders and generators do. */
export function enlarges(layer: Layer): boolean {
  return layer instanceof UpSampling || isTransposed(layer);
}

/** How many times smaller a layer makes a map along an axis of its input; less than 1 where it enlarges it. */
export function reductionOf(layer: Layer, axis: number): number {
  if (layer instanceof UpSampling) return 1 / (layer.size[axis - 1] ?? 1);
  if (!(layer instanceof BaseConvolution || layer instanceof Pooling)) return 1;
  const stride = layer.window.strides[axis - 1] ?? 1;
  return isTransposed(layer) ? 1 / stride : stride;
}

function isTransposed({ className }: Layer): boolean {
  return /Transpose$/.test(className);
}
