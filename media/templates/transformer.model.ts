import { input, layers, model, train, type SymbolicTensor } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

const WIDTH = 64;

/** Each step looks at all others, then every step passes the same two dense layers; what is computed is added to what came in. */
function transformerBlock(x: SymbolicTensor): SymbolicTensor {
  const attended = layers.multiHeadAttention(4, WIDTH / 4)([x, x]);
  const mixed = layers.layerNormalization()(layers.add()([x, attended]));
  const hidden = layers.dense(2 * WIDTH, { activation: "gelu" })(mixed);
  return layers.layerNormalization()(layers.add()([mixed, layers.dense(WIDTH)(hidden)]));
}

// An image is a sequence of 28 rows.
const rows = input({ shape: [28, 28], name: "rows" });
const embedded = layers.dense(WIDTH, { name: "embedding" })(rows);
const blocks = transformerBlock(transformerBlock(embedded));
const summary = layers.globalAveragePooling1d()(blocks);

export const network = model({
  name: "network",
  inputs: rows,
  outputs: layers.dense(10, { activation: "softmax" })(summary),
});

export default train(network, {
  data: fashionMnist().split({ validation: 5000 }).standardize(),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 64,
  epochs: 3,
  seed: 42,
});
