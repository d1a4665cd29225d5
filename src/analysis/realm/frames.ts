import type { Layer } from "../../nn/layer";
import { type ScriptFrame, scriptFrames } from "../bundle/script";
import type { Frame } from "../evaluation";
import { takeScriptFrames } from "./stackTraces";

/** More would only repeat the helpers through which a model file makes its layers. */
const MOST_FRAMES = 12;

/** Where an error arose or a declaration was made: the frames of the model's script, the innermost first. */
export function modelFrames(error: Error): Frame[] {
  return toFrames(scriptFrames(error.stack ?? ""));
}

/** Stacks are read once: many ask where a layer was made. */
const known = new WeakMap<Layer, Frame[]>();

/** Where a layer was made. An own layer's constructors are not that place: they lie inside the call that makes it. */
export function layerFrames(layer: Layer): Frame[] {
  let frames = known.get(layer);
  if (frames === undefined) known.set(layer, (frames = findLayerFrames(layer)));
  return frames;
}

function findLayerFrames(layer: Layer): Frame[] {
  const frames = takeScriptFrames(layer.origin);
  if (frames[0]?.functionName.startsWith("new ") !== true) return toFrames(frames);
  const constructors = new Set(classNames(layer).map((name) => `new ${name}`));
  const outside = frames.findIndex(({ functionName }) => !constructors.has(functionName));
  return toFrames(outside > 0 ? frames.slice(outside) : frames);
}

function toFrames(frames: readonly ScriptFrame[]): Frame[] {
  return frames.slice(0, MOST_FRAMES).map(({ line, column }) => [line, column]);
}

function classNames(layer: Layer): string[] {
  const names: string[] = [];
  for (
    let prototype = Object.getPrototypeOf(layer) as object | null;
    prototype !== null;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    names.push(prototype.constructor.name);
  }
  return names;
}
