import type { BeginnerMistake } from "./beginnerMistakes";

const onIris = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [4] }, [${layers.join(", ")}]);\n`;
const THREE = `layers.dense(3, { activation: "softmax" })`;
const classes = (data: string, options: string): string =>
  `${onIris(THREE)}export default train(network, { data: ${data}, optimizer: "adam", loss: "sparseCategoricalCrossentropy", ${options} });\n`;
const IRIS = "iris().standardize()";
const HELD_OUT = `${IRIS}.split({ validation: 0.2 })`;

/** Mistakes in a plan or its data that otherwise come to light when a training starts. */
export const MISTAKES_IN_PLANS: readonly BeginnerMistake[] = [
  {
    mistake: "early stopping by a validation loss without a part for validation",
    text: classes(IRIS, `callbacks: [callbacks.earlyStopping({ monitor: "valLoss" })]`),
    code: "unknown-name",
    fix: "Add .split({ validation: 0.2 }) to the data",
  },
  {
    mistake: "Keras's name of a monitored value",
    text: classes(HELD_OUT, `metrics: ["accuracy"], callbacks: [callbacks.reduceLROnPlateau({ monitor: "val_accuracy" })]`),
    code: "unknown-name",
    fix: 'Monitor "valAccuracy"',
  },
  {
    mistake: "a monitored value cut short",
    text: classes(HELD_OUT, `metrics: ["accuracy"], callbacks: [callbacks.modelCheckpoint({ monitor: "valAcc" })]`),
    code: "unknown-name",
    fix: 'Monitor "valAccuracy"',
  },
  {
    mistake: "a monitored metric that is not measured",
    text: classes(HELD_OUT, `callbacks: [callbacks.earlyStopping({ monitor: "valAccuracy" })]`),
    code: "unknown-name",
    fix: 'Add "accuracy" to the metrics',
  },
  {
    mistake: "a monitored metric of one's own that may grow or shrink",
    text: classes(
      IRIS,
      `metrics: [metrics.mean("spread", (_, scores) => scores)], callbacks: [callbacks.earlyStopping({ monitor: "spread" })]`,
    ),
    code: "invalid-argument",
    fix: 'Set mode to "max"',
  },
];
