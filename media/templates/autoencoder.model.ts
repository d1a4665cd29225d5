import { arrays, layers, sequential, train } from "layerwise";

/** Points on a curve in eight dimensions: two numbers are enough to tell them apart. Put your own samples here. */
const samples = Array.from({ length: 1000 }, (_, index) =>
  Array.from({ length: 8 }, (__, feature) => Math.sin((2 * Math.PI * index * (1 + (feature % 3))) / 1000 + feature)),
);

const encoder = sequential({ name: "encoder", inputShape: [8] }, [
  layers.dense(16, { activation: "tanh" }),
  layers.dense(2, { name: "code" }),
]);
const decoder = sequential({ name: "decoder", inputShape: [2] }, [layers.dense(16, { activation: "tanh" }), layers.dense(8)]);

// The output is to be the input again.
export const network = sequential({ name: "network", inputShape: [8] }, [encoder, decoder]);

export default train(network, {
  data: arrays({ x: samples, y: samples }).shuffle(42).split({ validation: 0.2 }),
  optimizer: "adam",
  loss: "meanSquaredError",
  batchSize: 32,
  epochs: 30,
  seed: 42,
});
