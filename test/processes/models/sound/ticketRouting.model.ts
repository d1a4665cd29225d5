import { arrays, input, layers, losses, model, optimizers, train } from "layerwise";

// Keras's guide to the functional interface: several inputs, and outputs of different kinds.
const title = input({ shape: [null], name: "title", dtype: "int32" });
const body = input({ shape: [null], name: "body", dtype: "int32" });
const tags = input({ shape: [12], name: "tags" });
const titleFeatures = layers.lstm(128)(layers.embedding(10_000, 64)(title));
const bodyFeatures = layers.lstm(32)(layers.embedding(10_000, 64)(body));
const x = layers.concatenate()([titleFeatures, bodyFeatures, tags]);
const priority = layers.dense(1, { name: "priority", activation: "sigmoid" })(x);
const department = layers.dense(4, { name: "department" })(x);

export const router = model({ inputs: [title, body, tags], outputs: { priority, department } });
export default train(router, {
  data: arrays({
    x: { title: [[1, 2, 3]], body: [[4, 5, 6]], tags: [[0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]] },
    y: { priority: [0.5], department: [[0, 0, 1, 0]] },
  }),
  optimizer: optimizers.rmsprop({ learningRate: 1e-3 }),
  loss: { priority: "binaryCrossentropy", department: losses.categoricalCrossentropy({ fromLogits: true }) },
  lossWeights: { priority: 1, department: 0.2 },
});
