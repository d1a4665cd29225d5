import { arrays, input, layers, model, train } from "layerwise";

// Matrix factorization: a rating is the dot product of two embeddings, squashed between 0 and 1.
const user = input({ shape: [1], name: "user", dtype: "int32" });
const film = input({ shape: [1], name: "film", dtype: "int32" });
const userVector = layers.flatten()(layers.embedding(610, 50, { embeddingsInitializer: "heNormal" })(user));
const filmVector = layers.flatten()(layers.embedding(9724, 50, { embeddingsInitializer: "heNormal" })(film));
const userBias = layers.flatten()(layers.embedding(610, 1)(user));
const filmBias = layers.flatten()(layers.embedding(9724, 1)(film));
const match = layers.dot({ axes: 1 })([userVector, filmVector]);
const rating = layers.activation("sigmoid")(layers.add()([match, userBias, filmBias]));

export const recommender = model({ name: "recommender", inputs: [user, film], outputs: rating });
export default train(recommender, {
  data: arrays({ x: { user: [[1], [2]], film: [[7], [3]] }, y: [0.9, 0.1] }),
  optimizer: "adam",
  loss: "binaryCrossentropy",
});
