import { tensor } from "@tensorflow/tfjs-core";
import { Generator, type Layer, Model, type Weight } from "../../nn";
import type { BatchSource } from "../data";
import { TrainingError } from "../errors";
import { sampleLayerInputs } from "./layerInputs";

/** Keeps weights apart from everything else drawn from the seed. */
const PURPOSE = 0x1417;

/**
 * Gives every weight its first value, layer by layer from the inputs on, so that an initializer can look at training samples as its layer
 * receives them. Equal seeds give equal weights.
 *
 * @throws TrainingError where an initializer gives values that are not finite.
 */
export function initializeWeights(model: Model, { seed, training }: { seed: number; training: BatchSource }): void {
  ownWeights(model).forEach(({ weight, layer }, index) => {
    const generator = new Generator(seed, PURPOSE, index);
    const values = weight.spec.initializer.draw(weight.spec.shape, {
      seed: generator.word(),
      sample: (count) => sampleLayerInputs(model, layer, training, count, generator),
    });
    const invalid = values.findIndex((value) => !Number.isFinite(value));
    if (invalid !== -1) {
      throw new TrainingError(
        `The initializer of ${weight.path} gave ${values[invalid] ?? Number.NaN} (value ${invalid}); expected finite numbers.`,
      );
    }
    weight.assign(tensor(values, [...weight.spec.shape], weight.spec.dtype));
  });
}

/** Every weight with the layer that declares it, in the order of computation. */
function ownWeights(model: Model): { weight: Weight; layer: Layer }[] {
  const found = new Map<Weight, Layer>();
  const visit = (layer: Layer): void => {
    const inner = layer instanceof Model ? layer.nodes.map((node) => node.layer) : layer.sublayers;
    const others = new Set(layer.sublayers.flatMap((sublayer) => sublayer.weights));
    for (const weight of layer.weights) if (!others.has(weight) && !found.has(weight)) found.set(weight, layer);
    for (const sublayer of new Set(inner)) if (sublayer !== layer) visit(sublayer);
  };
  visit(model);
  return [...found].map(([weight, layer]) => ({ weight, layer }));
}
