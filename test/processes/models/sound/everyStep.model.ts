import { arrays, layers, sequential, train } from "layerwise";

export const network = sequential({ inputShape: [24, 7] }, [
  layers.dense(64, { activation: "relu" }),
  layers.dense(64, { activation: "relu" }),
  layers.dense(1),
]);

export default train(network, {
  data: arrays({
    x: { values: new Float32Array(2 * 24 * 7), shape: [2, 24, 7] },
    y: { values: Float32Array.from({ length: 48 }, (_, hour) => hour / 7), shape: [2, 24, 1] },
  }),
  optimizer: "adam",
  loss: "mse",
});
