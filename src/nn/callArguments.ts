import { Tensor } from "@tensorflow/tfjs-core";
import { layerUnderWay } from "./context";
import { declarations } from "./declarations";
import { ModelError } from "./errors";
import type { Layer } from "./layer";
import { SymbolicTensor } from "./symbolic";

/**
 * What a layer is called on, where it was called with a second argument, as Keras's are: that is reported, and the inputs are returned as
 * they are meant. What `map` passes besides, and the context of a pass under way, are no mistakes.
 */
export function inputsMeant(layer: Layer, inputs: unknown, second: unknown): unknown {
  if (isInputs(second)) return reported(layer, "tensors", [inputs, second].flat(), ADVICE.tensors);
  if (typeof second !== "object" || second === null || Array.isArray(second) || isContext(second)) return inputs;
  const options = second as Readonly<Record<string, unknown>>;
  const states = options["initialState"] ?? options["initial_state"];
  if (states !== undefined) return reported(layer, "initialState", [inputs, states].flat(), ADVICE.states);
  const advice = "mask" in options ? ADVICE.mask : "training" in options ? ADVICE.training : ADVICE.options;
  return reported(layer, Object.keys(options).join(", "), inputs, advice);
}

const ADVICE = {
  tensors: "Several tensors are one list, as in layers.add()([a, b]), and reach an own layer's call as one.",
  states: "The states that it starts from follow the input in the list that it is called on: lstm([x, h, c]), gru([x, h]).",
  mask: "A mask travels with its tensor: put layers.masking() before it, or embed with { maskZero: true }.",
  training: "Whether it trains is the pass's affair; a layer is frozen by its option trainable: false.",
  options: "Options belong into the call that makes the layer: layers.dense(10, { name })(x).",
} as const;

function reported<Inputs>(layer: Layer, received: string, meant: Inputs, advice: string): Inputs {
  const error = new ModelError(
    "invalid-argument",
    `${layer.name} was called with a second argument (${received}); a layer is called on one: a tensor, or a list of tensors. ${advice}`,
  );
  if (Array.isArray(meant)) error.mistake = { kind: "unlisted" };
  declarations().report(error);
  return meant;
}

function isInputs(value: unknown): boolean {
  return [value].flat().some((input) => input instanceof SymbolicTensor || input instanceof Tensor);
}

function isContext(value: object): boolean {
  return "addLoss" in value || ("training" in value && layerUnderWay() !== undefined);
}
