import type { BeginnerMistake } from "./beginnerMistakes";

const onIris = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [4] }, [${layers.join(", ")}]);\n`;
const THREE = `layers.dense(3, { activation: "softmax" })`;
const classes = (data: string, options: string): string =>
  `${onIris(THREE)}export default train(network, { data: ${data}, optimizer: "adam", loss: "sparseCategoricalCrossentropy", ${options} });\n`;
const IRIS = "iris().standardize()";
const HELD_OUT = `${IRIS}.split({ validation: 0.2 })`;

const onFile = (loss: string): string =>
  `export default train(network, { data: csv("table.csv"), optimizer: "adam", loss: "${loss}" });\n`;
const onArrays = (x: string, y: string): string =>
  `export default train(network, { data: arrays({ x: ${x}, y: ${y} }), optimizer: "adam", loss: "mse" });\n`;
const onPairs = (x: string, y: string): string =>
  `export const network = sequential({ inputShape: [2] }, [layers.dense(1)]);\n${onArrays(x, y)}`;
const BY_OUTPUT = `loss: { price: "mse", kind: "sparseCategoricalCrossentropy" }`;
const onTwoOutputs = (options: string): string =>
  `const x = input({ shape: [2] });
const price = layers.dense(1, { name: "price" })(x);
const kind = layers.dense(3, { activation: "softmax", name: "kind" })(x);
export const network = model({ inputs: x, outputs: { price, kind } });
export default train(network, { data: arrays({ x: [[1, 2]], y: { price: [1], kind: [2] } }), optimizer: "adam", ${options} });
`;
const CLASSES = "sparseCategoricalCrossentropy";
/** Plans of one data set, each with its model, what it takes of the data, and its loss. */
const onShared = (x: string, y: string, ...plans: readonly (readonly [model: string, data: string, loss: string])[]): string =>
  `const data = arrays({ x: ${x}, y: ${y} });\n${plans
    .map(([model, part, loss]) => `train(${model}, { data: ${part}, optimizer: "adam", loss: "${loss}" });\n`)
    .join("")}`;

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
  {
    mistake: "a sigmoid for each word, and a label for each text of a file",
    text: `export const network = sequential({ inputShape: [10] }, [layers.embedding(100, 8), layers.dense(1, { activation: "sigmoid" })]);\n${onFile("binaryCrossentropy")}`,
    code: "label-shape-mismatch",
    fix: "Insert layers.globalAveragePooling1d()",
  },
  {
    mistake: "a whole sequence into the output, and a label for each line of a file",
    text: `export const network = sequential({ inputShape: [28, 4] }, [layers.lstm(8, { returnSequences: true }), ${THREE}]);\n${onFile("sparseCategoricalCrossentropy")}`,
    code: "label-shape-mismatch",
    fix: "Let lstm return its last output alone (returnSequences: false)",
  },
  {
    mistake: "two units for one number",
    text: `${onIris("layers.dense(2)")}${onFile("mse")}`,
    code: "label-shape-mismatch",
    fix: "Change units to 1",
  },
  {
    mistake: "two sigmoids for yes or no",
    text: `${onIris(`layers.dense(2, { activation: "sigmoid" })`)}${onFile("binaryCrossentropy")}`,
    code: "label-shape-mismatch",
    fix: "Change units to 1",
  },
  {
    mistake: "class numbers of a file for a loss of vectors",
    text: `${onIris(THREE)}${onFile("categoricalCrossentropy")}`,
    code: "loss-label-mismatch",
    fix: 'Change the loss to "sparseCategoricalCrossentropy"',
  },
  {
    mistake: "a number for each step of a sequence that has one",
    text: `export const network = sequential({ inputShape: [2, 1] }, [layers.gru(8, { returnSequences: true }), layers.dense(1)]);\n${onArrays("[[[1], [2]]]", "[0.5]")}`,
    code: "label-shape-mismatch",
    fix: "Let gru return its last output alone (returnSequences: false)",
  },
  {
    mistake: "an autoencoder that gives a smaller image back",
    text: `export const network = sequential({ inputShape: [8, 8, 1] }, [layers.conv2d(4, 3, { activation: "relu", padding: "same" }), layers.conv2d(1, 3)]);\nconst images = { values: new Float32Array(64), shape: [1, 8, 8, 1] };\n${onArrays("images", "images")}`,
    code: "label-shape-mismatch",
    fix: 'Set padding to "same"',
  },
  {
    mistake: "a row for an image",
    text: `export const network = sequential({ inputShape: [2, 2, 1] }, [layers.flatten(), layers.dense(3)]);\nconst images = { values: new Float32Array(4), shape: [1, 2, 2, 1] };\n${onArrays("images", "images")}`,
    code: "label-shape-mismatch",
  },
  {
    mistake: "a metric of vectors for class numbers",
    text: classes(IRIS, `metrics: ["categoricalAccuracy"]`),
    code: "metric-label-mismatch",
    fix: 'Change the metric to "sparseCategoricalAccuracy"',
  },
  {
    mistake: "the best of a few, of vectors, for class numbers",
    text: classes(IRIS, `metrics: ["topKCategoricalAccuracy"]`),
    code: "metric-label-mismatch",
    fix: 'Change the metric to "sparseTopKCategoricalAccuracy"',
  },
  ...["precision", "recall", "auc", "binaryAccuracy"].map((metric) => ({
    mistake: `${metric} for class numbers`,
    text: classes(IRIS, `metrics: ["${metric}"]`),
    code: "metric-label-mismatch",
    fix: 'Change the metric to "accuracy"',
  })),
  {
    mistake: "precision besides accuracy, for class numbers",
    text: classes(IRIS, `metrics: ["accuracy", "precision"]`),
    code: "metric-label-mismatch",
    fix: 'Leave out "precision"',
  },
  {
    mistake: "a metric of class numbers for vectors",
    text: `${onIris(THREE)}export default train(network, { data: ${IRIS}.oneHot(3), optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["sparseCategoricalAccuracy"] });\n`,
    code: "metric-label-mismatch",
    fix: 'Change the metric to "categoricalAccuracy"',
  },
  {
    mistake: "an array under another name than the input's",
    text: `const x = input({ shape: [2], name: "feat" });\nexport const network = model({ inputs: x, outputs: layers.dense(1)(x) });\n${onArrays("{ features: [[1, 2]] }", "[1]")}`,
    code: "unknown-name",
    fix: "Rename features to feat",
  },
  {
    mistake: "labels under another name than the output's",
    text: `const x = input({ shape: [2] });\nconst a = layers.dense(1, { name: "a" })(x);\nconst b = layers.dense(1, { name: "b" })(x);\nexport const network = model({ inputs: x, outputs: { a, b } });\n${onArrays("[[1, 2]]", "{ A: [1], b: [2] }")}`,
    code: "unknown-name",
    fix: "Rename A to a",
  },
  { mistake: "fewer inputs than labels", text: onPairs("[[1, 2], [3, 4]]", "[1, 2, 3]"), code: "invalid-argument" },
  { mistake: "ragged rows", text: onPairs("[[1, 2], [3]]", "[1, 2]"), code: "invalid-argument" },
  { mistake: "a text among numbers", text: onPairs(`[[1, "2"]] as any`, "[1]"), code: "invalid-argument" },
  { mistake: "a value that is missing", text: onPairs("[[1, NaN]]", "[1]"), code: "invalid-argument" },
  {
    mistake: "a typed array without its shape",
    text: onPairs("new Float32Array([1, 2, 3, 4])", "[1, 2]").replace("y: [1, 2]", "y: [1, 2, 3, 4]"),
    code: "data-shape-mismatch",
  },
  {
    mistake: "a number that is no class",
    text: `${onIris(THREE)}export default train(network, { data: arrays({ x: [[1, 2, 3, 4]], y: [0.5] }), optimizer: "adam", loss: "sparseCategoricalCrossentropy" });\n`,
    code: "invalid-argument",
  },
  {
    mistake: "a number that is no class for the second of two plans",
    text: `${onIris(THREE)}const sum = sequential({ inputShape: [4] }, [layers.dense(1)]);\n${onShared("[[1, 2, 3, 4]]", "[0.5]", ["sum", "data", "mse"], ["network", "data", CLASSES])}`,
    code: "invalid-argument",
  },
  {
    mistake: "a number that is no class for two plans",
    text: `${onIris(THREE)}${onShared("[[1, 2, 3, 4]]", "[0.5]", ["network", "data", CLASSES], ["network", "data", CLASSES])}`,
    code: "invalid-argument",
    end: "continuous values.",
  },
  {
    mistake: "a value that is missing where another plan takes a few",
    text: `${onIris("layers.dense(1)")}${onShared("[[1, 2, 3, 4], [1, 2, 3, NaN]]", "[1, 2]", ["network", "data.take(1)", "mse"], ["network", "data", "mse"])}`,
    code: "invalid-argument",
  },
  {
    mistake: "classes from 1 on, to be made vectors",
    text: `${onIris(THREE)}export default train(network, { data: arrays({ x: [[1, 2, 3, 4]], y: [3] }).oneHot(3), optimizer: "adam", loss: "categoricalCrossentropy" });\n`,
    code: "invalid-argument",
  },
  {
    mistake: "more samples for validation than there are",
    text: classes("iris().split({ validation: 200 }).standardize()", "epochs: 2"),
    code: "invalid-argument",
    fix: "Change it to 0.2",
  },
  {
    mistake: "shares of more than the whole",
    text: classes("iris().split({ validation: 0.6, test: 0.6 }).standardize()", "epochs: 2"),
    code: "invalid-argument",
  },
  {
    mistake: "Keras's list of losses",
    text: onTwoOutputs(`loss: ["mse", "sparseCategoricalCrossentropy"]`),
    code: "invalid-argument",
    fix: 'Write loss: { price: "mse", kind: "sparseCategoricalCrossentropy" }',
  },
  {
    mistake: "Keras's list of loss weights",
    text: onTwoOutputs(`${BY_OUTPUT}, lossWeights: [1, 0.5]`),
    code: "invalid-argument",
    fix: "Write lossWeights: { price: 1, kind: 0.5 }",
  },
  {
    mistake: "Keras's lists of metrics",
    text: onTwoOutputs(`${BY_OUTPUT}, metrics: [["mae"], ["accuracy"]]`),
    code: "invalid-argument",
    fix: 'Write metrics: { price: ["mae"], kind: ["accuracy"] }',
  },
  {
    mistake: "a list of one loss",
    text: `${onIris(THREE)}export default train(network, { data: ${IRIS}, optimizer: "adam", loss: ["sparseCategoricalCrossentropy"] });\n`,
    code: "invalid-argument",
    fix: 'Write loss: "sparseCategoricalCrossentropy"',
  },
  {
    mistake: "no loss",
    text: `${onIris(THREE)}export default train(network, { data: ${IRIS}, optimizer: "adam", loss: null });\n`,
    code: "invalid-argument",
  },
  { mistake: "scikit-learn's class weights", text: classes(IRIS, `classWeight: "balanced"`), code: "invalid-argument" },
  {
    mistake: "a learning rate alone",
    text: `${onIris(THREE)}export default train(network, { data: ${IRIS}, optimizer: optimizers.adam(0.01), loss: "sparseCategoricalCrossentropy" });\n`,
    code: "invalid-argument",
    fix: "Write { learningRate: 0.01 }",
  },
  {
    mistake: "a schedule's numbers without their names",
    text: `${onIris(THREE)}const learningRate = schedules.exponentialDecay(0.1, 100, 0.96);\n`,
    code: "invalid-argument",
  },
  {
    mistake: "a share for validation alone",
    text: classes(`${IRIS}.split(0.2)`, "epochs: 2"),
    code: "invalid-argument",
    fix: "Write { validation: 0.2 }",
  },
];
