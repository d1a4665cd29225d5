import { Layer } from "../../nn/layer";
import type { Frame } from "../evaluation";
import { takeFrames } from "./stackTraces";

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
