import { callbacks, layers, optimizers, sequential, train, arrays } from "layerwise";

export const sentiment = sequential({ inputShape: [80] }, [
  layers.embedding(1000, 128, { maskZero: true }),
  layers.gru(128, { returnSequences: true }),
  layers.gru(64, { dropout: 0.2, recurrentDropout: 0.2 }),
  layers.dense(1, { activation: "sigmoid" }),
]);
export default train(sentiment, {
  data: arrays({ x: { values: new Float32Array(3 * 80).fill(999), shape: [3, 80] }, y: [0, 1, 1] }).split({ validation: 1 }),
  optimizer: optimizers.nadam({ learningRate: 1e-3 }),
  loss: "binaryCrossentropy",
  metrics: ["accuracy"],
  epochs: 2,
  callbacks: [callbacks.earlyStopping({ patience: 1, restoreBestWeights: true })],
});
