import { arrays, layers, optimizers, schedules, sequential, train } from "layerwise";

// Forecasting the next 24 hours from a week, WaveNet-like: dilated causal convolutions.
const dilations = [1, 2, 4, 8, 16];

export const forecast = sequential({ name: "forecast", inputShape: [168, 3] });
for (const dilationRate of dilations) forecast.add(layers.conv1d(32, 2, { padding: "causal", dilationRate, activation: "relu" }));
forecast.add(layers.lstm(32));
forecast.add(layers.dense(24));

export default train(forecast, {
  data: arrays({
    x: { values: new Float32Array(2 * 168 * 3).fill(1.7), shape: [2, 168, 3] },
    y: { values: new Float32Array(2 * 24).fill(0.3), shape: [2, 24] },
  }),
  optimizer: optimizers.adam({
    learningRate: schedules.exponentialDecay({ initialLearningRate: 1e-3, decaySteps: 1000, decayRate: 0.9 }),
  }),
  loss: "huber",
  metrics: ["mae", "rootMeanSquaredError"],
});
