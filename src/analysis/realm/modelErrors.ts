import { declarations } from "../../nn/declarations";
import type { ModelError } from "../../nn/errors";
import type { Layer } from "../../nn/layer";
import { mainPosition } from "../../nn/mainArguments";
import { Recurrent } from "../../nn/layers/recurrent";
import { isShapeList, type Shape } from "../../nn/shape";
import type { DiagnosticCode } from "../../protocol/diagnosticCodes";
import type { ArgumentPath, Frame } from "../evaluation";
import { layerFrames } from "./frames";
import { modelFrames } from "./stackTraces";

/** The diagnostic that an error becomes: what a learner meets most often has a code of its own. */
export function errorCode(error: ModelError): DiagnosticCode {
  const isRank = error.code === "shape-mismatch" && error.layer instanceof Recurrent && receivedShape(error.layer)?.length !== 3;
  return isRank ? "recurrent-input-rank" : error.code;
}

/** Where in the call the error lies; undefined for the call as a whole. */
export function errorArgument({ code, argument, argumentPath, layer }: ModelError): ArgumentPath | undefined {
  if (argumentPath !== undefined) return [...argumentPath];
  if (code === "kernel-larger-than-input") return [windowPosition(layer)];
  if (code === "duplicate-name") return ["name"];
  if (argument === undefined) return undefined;
  return [(layer === undefined ? undefined : mainPosition(layer, argument)) ?? argument];
}

/** The call that an error is about: its layer's, its plan's, or the one that threw it. */
export function framesOfError(error: ModelError): Frame[] {
  return error.layer === undefined ? modelFrames(error.origin ?? error) : layerFrames(error.layer);
}

/** The model that an error's layer is part of, by its place among the models; −1 where there is none. */
export function errorModel({ layer }: ModelError): number {
  if (layer === undefined) return -1;
  return declarations().models.findIndex((model) => model === layer || model.layers.includes(layer));
}

/** The shape that reached a layer when it was called last. */
export function receivedShape(layer: Layer): Shape | undefined {
  const shape = layer.inboundNodes.at(-1)?.inputShape ?? undefined;
  return shape === undefined || isShapeList(shape) ? undefined : shape;
}

/** The position of the window's size: pooling and depthwise convolutions have no filters before it. */
export function windowPosition(layer: Layer | undefined): number {
  return (layer === undefined ? undefined : mainPosition(layer, "kernelSize")) ?? 0;
}
