import type { Tensor } from "@tensorflow/tfjs-core";
import { Generator, type Layer, type LayerSample, type Model, newPass, type TensorInputs } from "../../nn";
import type { BatchSource } from "../data";
import { scopeOfValues } from "./scope";

/** Ends a forward pass once the inputs in question are known. */
class Reached extends Error {
  constructor(readonly inputs: TensorInputs) {
    super("reached");
  }
}

/**
 * Random training samples as one layer of a model receives them, with their labels. All weights before the layer must have values.
 *
 * @param count At most as many as there are: the samples are different ones.
 */
export function sampleLayerInputs(
  model: Model,
  layer: Layer,
  training: BatchSource,
  count: number,
  generator: Generator,
): LayerSample {
  const chosen = generator.shuffle(Int32Array.from({ length: training.count }, (_, index) => index)).subarray(0, count);
  return scopeOfValues(() => {
    const batch = training.batch(training.inputs(chosen));
    const inputs = inputsOf(model, layer, batch.x.length === 1 ? (batch.x[0] as Tensor) : batch.x);
    const first = Array.isArray(inputs) ? (inputs as readonly Tensor[])[0] : (inputs as Tensor);
    return { x: toValues(first as Tensor), y: toValues(batch.y[0] as Tensor) };
  });
}

/** Runs the model until it calls the layer. */
function inputsOf(model: Model, layer: Layer, inputs: TensorInputs): TensorInputs {
  if (layer === model) return inputs;
  const run: Layer["run"] = (received) => {
    throw new Reached(received);
  };
  Object.defineProperty(layer, "run", { value: run, configurable: true });
  try {
    model.run(inputs, newPass({ training: false }).context);
  } catch (error) {
    if (error instanceof Reached) return error.inputs;
    throw error;
  } finally {
    Reflect.deleteProperty(layer, "run");
  }
  throw new Error(`The model ${model.name} does not call its layer ${layer.name}.`);
}

function toValues(tensor: Tensor): { values: Float32Array; shape: readonly number[] } {
  return { values: Float32Array.from(tensor.dataSync()), shape: tensor.shape };
}
