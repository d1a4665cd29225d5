import type { Layer } from "../../nn/layer";
import { scriptFrames } from "../bundle/script";
import type { Frame } from "../evaluation";
import { takeFrames } from "./stackTraces";

/** More would only repeat the helpers through which a model file makes its layers. */
const MOST_FRAMES = 12;

/** Where an error arose or a declaration was made: the frames of the model's script, the innermost first. */
export function modelFrames(error: Error): Frame[] {
  return scriptFrames(error.stack ?? "")
    .slice(0, MOST_FRAMES)
    .map(({ line, column }) => [line, column]);
}

/** Stacks are read once: many ask where a layer was made. */
const known = new WeakMap<Layer, Frame[]>();

/** Where a layer was made. */
export function layerFrames(layer: Layer): Frame[] {
  let frames = known.get(layer);
  if (frames === undefined) known.set(layer, (frames = takeFrames(layer.origin)));
  return frames;
}
