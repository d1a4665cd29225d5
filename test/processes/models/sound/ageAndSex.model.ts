import { arrays, input, layers, losses, model, train } from "layerwise";

// One network, a regression and a classification.
const face = input({ shape: [64, 64, 3], name: "face" });
let x = layers.rescaling(1 / 255)(face);
for (const filters of [32, 64, 128]) {
  x = layers.conv2d(filters, 3, { activation: "relu", padding: "same" })(x);
  x = layers.batchNormalization()(x);
  x = layers.maxPooling2d(2)(x);
}
x = layers.globalAveragePooling2d()(x);
const shared = layers.dropout(0.5)(layers.dense(128, { activation: "relu" })(x));
const age = layers.dense(1, { name: "age" })(layers.dense(32, { activation: "relu" })(shared));
const sex = layers.dense(1, { name: "sex", activation: "sigmoid" })(shared);

export const faces = model({ inputs: face, outputs: { age, sex } });
export default train(faces, {
  data: arrays({
    x: { face: { values: new Float32Array(2 * 64 * 64 * 3).fill(255), shape: [2, 64, 64, 3] } },
    y: { age: [31, 4], sex: [1, 0] },
  }),
  optimizer: "adam",
  loss: { age: losses.huber(), sex: "binaryCrossentropy" },
  metrics: { age: ["mae"], sex: ["accuracy", "auc"] },
});
