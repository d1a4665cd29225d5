import { inSentence } from "../arguments";
import type { Layer } from "../layer";
import { formatShape, type Shape } from "../shape";
import { unpaddedBefore } from "./mapWays";
import { adviceOnRounding } from "./roundedSizes";

/** So many layers are named. */
const MOST_NAMES = 3;

/**
 * Why maps that are to be merged differ in height or width, and what to do. Empty where the layers before them do not tell, or begins with a space.
 *
 * @param joined The axis along which they may differ.
 */
export function whySizesDiffer(merging: Layer, shapes: readonly Shape[], joined?: number): string {
  const call = merging.inboundNodes.at(-1);
  const axis = differingAxis(shapes, joined);
  const isThisCall = call?.inputs.map(({ shape }) => formatShape(shape)).join() === shapes.map(formatShape).join();
  if (call === undefined || axis === undefined || !isThisCall) return "";
  const unpadded = unpaddedBefore(call);
  return unpadded.length > 0 ? adviceOnPadding(unpadded) : adviceOnRounding(call, axis);
}

/** The first axis of places along which sizes differ that cannot be merged. */
function differingAxis(shapes: readonly Shape[], joined: number | undefined): number | undefined {
  const [first = []] = shapes;
  if (first.length < 3 || shapes.some(({ length }) => length !== first.length)) return undefined;
  return [...first.keys()]
    .slice(1, -1)
    .filter((axis) => axis !== joined)
    .find((axis) => new Set(shapes.map((shape) => shape[axis]).filter((size) => size !== null)).size > 1);
}

function adviceOnPadding(layers: readonly Layer[]): string {
  const names = layers.map(({ name }) => name);
  if (names.length === 1)
    return ` ${names.join()} has no padding, by which its map loses its edges: with padding: "same" it keeps them.`;
  const listed = inSentence(names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), "others"] : names);
  return ` ${listed} have no padding, by which their maps lose their edges: with padding: "same" they keep them.`;
}
