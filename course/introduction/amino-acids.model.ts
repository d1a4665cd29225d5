// An embedding of the 20 amino acids in the plane: the more readily evolution swaps two of them, the nearer they lie.
import { initializers, input, layers, model, optimizers, tf, train } from "layerwise";
import { blosum62 } from "layerwise/datasets";

const i = input({ shape: [1], name: "i", dtype: "int32" });
const j = input({ shape: [1], name: "j", dtype: "int32" });

// One embedding, called twice: both calls share its 20·2 = 40 weights, the coordinates.
const place = layers.embedding(20, 2, { name: "place" });
const difference = layers.subtract()([place(i), place(j)]);
const squaredDistance = layers.lambda((d) => tf.sum(tf.square(d), -1), { name: "squared_distance" })(difference);

// score ≈ bias − distance²: near means a high score.
const score = layers.dense(1, { kernelInitializer: initializers.constant(-1), name: "score" })(squaredDistance);

export const aminoAcids = model({ name: "amino_acids", inputs: [i, j], outputs: score });

export default train(aminoAcids, {
  data: blosum62(),
  optimizer: optimizers.adam({ learningRate: 0.05 }),
  loss: "meanSquaredError",
  metrics: ["r2Score"],
  batchSize: 95,
  epochs: 500,
  seed: 1,
});
