import { callbacks, csv, layers, optimizers, regularizers, sequential, train } from "layerwise";

// A binary classifier of a table.
const columns = ["tenure", "charges", "contract", "support", "age"];

export const churn = sequential({ name: "churn", inputShape: [columns.length] }, [
  layers.dense(64, { activation: "relu", kernelRegularizer: regularizers.l2(1e-4) }),
  layers.dropout(0.3),
  layers.dense(32, { activation: "relu", kernelRegularizer: regularizers.l2(1e-4) }),
  layers.dropout(0.3),
  layers.dense(1, { activation: "sigmoid" }),
]);
export default train(churn, {
  data: csv("data/churn.csv", { features: columns, label: "churned" })
    .shuffle(1)
    .split({ validation: 0.15, test: 0.15 })
    .standardize(),
  optimizer: optimizers.adam({ learningRate: 3e-4 }),
  loss: "binaryCrossentropy",
  metrics: ["accuracy", "precision", "recall"],
  classWeight: { 0: 1, 1: 4 },
  callbacks: [callbacks.reduceLROnPlateau({ factor: 0.5, patience: 5 })],
});
