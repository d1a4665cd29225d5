import { arrays, input, layers, model, sequential, tf, train } from "layerwise";

// Two images through one network; the distance of their embeddings says whether they show the same.
const embedding = sequential({ name: "embedding", inputShape: [28, 28, 1] }, [
  layers.conv2d(16, 5, { activation: "tanh" }),
  layers.averagePooling2d(2),
  layers.conv2d(32, 5, { activation: "tanh" }),
  layers.averagePooling2d(2),
  layers.flatten(),
  layers.dense(10, { activation: "tanh" }),
]);
const left = input({ shape: [28, 28, 1], name: "left" });
const right = input({ shape: [28, 28, 1], name: "right" });
const distance = layers.lambda((pair) => {
  const [a, b] = pair as readonly [tf.Tensor, tf.Tensor];
  return tf.sqrt(tf.maximum(tf.sum(tf.square(tf.sub(a, b)), 1, true), 1e-7));
})([embedding(left), embedding(right)]);
const normalized = layers.batchNormalization()(distance);
const images = { values: new Float32Array(2 * 784), shape: [2, 28, 28, 1] };

export const siamese = model({ inputs: [left, right], outputs: layers.dense(1, { activation: "sigmoid" })(normalized) });
export default train(siamese, {
  data: arrays({ x: { left: images, right: images }, y: [0, 1] }),
  optimizer: "rmsprop",
  loss: "binaryCrossentropy",
  metrics: ["accuracy"],
});
