/** A model's name as an identifier: `fashion-mnist` → `fashionMnist`. */
export function identifierOf(name: string): string {
  const identifier = name.replace(/[-_. ]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
  return /^[A-Za-z_$]/.test(identifier) ? identifier : `model${identifier}`;
}

/** Whether a text can be the part of a model file's name before `.model.ts`. */
export function isModelName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);
}

/** A first model file: a small network on Fashion-MNIST that trains as it is. */
export function modelTemplate(name: string): string {
  const model = identifierOf(name);
  return `import { callbacks, layers, optimizers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

export const ${model} = sequential({ name: "${name}", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(300, { kernelInitializer: "heNormal" }),
  layers.leakyReLU(),
  layers.dense(100, { kernelInitializer: "heNormal" }),
  layers.leakyReLU(),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(${model}, {
  data: fashionMnist().split({ validation: 5000 }).standardize(),
  optimizer: optimizers.sgd({ learningRate: 1e-3 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  epochs: 5,
  seed: 42,
  callbacks: [callbacks.modelCheckpoint({ monitor: "valLoss", saveBestOnly: true })],
});
`;
}
