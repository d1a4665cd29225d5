import { Layer } from "../../nn/layer";
import type { Frame } from "../evaluation";
import { readFrames, takeFrames } from "./stackTraces";

/** Where an error arose or a declaration was made: the frames of the model's script, the innermost first. */
export function modelFrames(error: Error): Frame[] {
  return readFrames(error);
}

/** Stacks are read once: many ask where a layer was made. */
const known = new WeakMap<Layer, Frame[]>();

/** Where a layer was made. */
export function layerFrames(layer: Layer): Frame[] {
  let frames = known.get(layer);
  if (frames === undefined) known.set(layer, (frames = takeFrames(Layer.originOf(layer))));
  return frames;
}

/** Equal for equal frames; empty where the place is not known. */
export function frameKey(frames: readonly Frame[]): string {
  let key = "";
  for (const [line, column] of frames) key += `${line}:${column};`;
  return key;
}
