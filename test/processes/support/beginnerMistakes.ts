/** A model file with one mistake that beginners make, or people who know Keras or TensorFlow.js. */
export interface BeginnerMistake {
  readonly mistake: string;
  readonly text: string;
  readonly code: string;
  /** The first fix that is offered, or undefined where none is. */
  readonly fix?: string;
}

const classifier = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [28, 28] }, [${layers.join(", ")}]);\n`;
const onIris = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [4] }, [${layers.join(", ")}]);\n`;
const plan = (data: string, options = `loss: "sparseCategoricalCrossentropy"`): string =>
  `export default train(network, { data: ${data}, optimizer: "adam", ${options} });\n`;
const IMAGES = plan("fashionMnist().scale(1 / 255)");
const IRIS = "iris().standardize()";
const FLATTEN = "layers.flatten()";
const HIDDEN = `layers.dense(64, { activation: "relu" })`;
const TEN = `layers.dense(10, { activation: "softmax" })`;
const THREE = `layers.dense(3, { activation: "softmax" })`;
const BINARY = `loss: "binaryCrossentropy"`;

export const BEGINNER_MISTAKES: readonly BeginnerMistake[] = [
  {
    mistake: "no flatten before the first dense layer",
    text: classifier(HIDDEN, TEN) + IMAGES,
    code: "missing-flatten",
    fix: "Insert layers.flatten()",
  },
  {
    mistake: "grey images without a channel",
    text: classifier("layers.conv2d(8, 3)", FLATTEN, TEN) + IMAGES,
    code: "shape-mismatch",
    fix: "Insert layers.reshape([28, 28, 1])",
  },
  {
    mistake: "dense behind a feature map",
    text: classifier("layers.reshape([28, 28, 1])", `layers.conv2d(8, 3, { activation: "relu" })`, TEN) + IMAGES,
    code: "missing-flatten",
    fix: "Insert layers.flatten()",
  },
  {
    mistake: "a whole sequence into the output",
    text: classifier("layers.lstm(8, { returnSequences: true })", TEN) + IMAGES,
    code: "missing-flatten",
    fix: "Let lstm return its last output alone (returnSequences: false)",
  },
  {
    mistake: "a recurrent layer behind a last output",
    text: classifier("layers.lstm(8)", "layers.lstm(8)", TEN) + IMAGES,
    code: "recurrent-input-rank",
    fix: "Let lstm return its whole sequence (returnSequences: true)",
  },
  {
    mistake: "a recurrent layer on rows",
    text: onIris("layers.gru(8)", THREE),
    code: "recurrent-input-rank",
    fix: "Insert layers.reshape([4, 1])",
  },
  {
    mistake: "784 features for images of 28 × 28",
    text: `export const network = sequential({ inputShape: [784] }, [${TEN}]);\n${IMAGES}`,
    code: "data-shape-mismatch",
    fix: "Set the input shape to [28, 28] and insert layers.flatten()",
  },
  {
    mistake: "softmax over one unit",
    text: onIris(HIDDEN, `layers.dense(1, { activation: "softmax" })`),
    code: "softmax-over-one-unit",
    fix: 'Change softmax to "sigmoid"',
  },
  {
    mistake: "sigmoid for one class of three",
    text: onIris(HIDDEN, `layers.dense(3, { activation: "sigmoid" })`) + plan(IRIS),
    code: "loss-activation-mismatch",
    fix: `Change the output's activation to "softmax"`,
  },
  {
    mistake: "no activation at the output of a classifier",
    text: onIris(HIDDEN, "layers.dense(3)") + plan(IRIS),
    code: "loss-activation-mismatch",
    fix: `Change the output's activation to "softmax"`,
  },
  {
    mistake: "softmax, and a loss that applies it again",
    text: onIris(HIDDEN, THREE) + plan(IRIS, "loss: losses.sparseCategoricalCrossentropy({ fromLogits: true })"),
    code: "loss-activation-mismatch",
    fix: 'Change the loss to "sparseCategoricalCrossentropy"',
  },
  {
    mistake: "binary cross-entropy for one class of ten",
    text: classifier(FLATTEN, HIDDEN, TEN) + plan("fashionMnist().scale(1 / 255)", BINARY),
    code: "loss-activation-mismatch",
    fix: 'Change the loss to "sparseCategoricalCrossentropy"',
  },
  {
    mistake: "one sigmoid for ten classes",
    text:
      classifier(FLATTEN, HIDDEN, `layers.dense(1, { activation: "sigmoid" })`) + plan("fashionMnist().scale(1 / 255)", BINARY),
    code: "output-units-mismatch",
    fix: 'Change to 10 units with softmax and "sparseCategoricalCrossentropy"',
  },
  {
    mistake: "class numbers for a loss of vectors",
    text: onIris(HIDDEN, THREE) + plan(IRIS, `loss: "categoricalCrossentropy"`),
    code: "loss-label-mismatch",
    fix: 'Change the loss to "sparseCategoricalCrossentropy"',
  },
  {
    mistake: "vectors for a loss of class numbers",
    text: onIris(HIDDEN, THREE) + plan(`${IRIS}.oneHot(3)`),
    code: "loss-label-mismatch",
    fix: 'Change the loss to "categoricalCrossentropy"',
  },
  {
    mistake: "nine units for ten classes",
    text: classifier(FLATTEN, HIDDEN, `layers.dense(9, { activation: "softmax" })`) + IMAGES,
    code: "output-units-mismatch",
    fix: "Change units to 10",
  },
  {
    mistake: "class numbers that begin with 1",
    text: onIris(THREE) + plan("arrays({ x: [[1, 2, 3, 4], [2, 3, 4, 5], [0, 0, 0, 0]], y: [1, 2, 3] })"),
    code: "output-units-mismatch",
    fix: "Change units to 4",
  },
  {
    mistake: "a linear stack",
    text: classifier(FLATTEN, "layers.dense(300)", TEN) + IMAGES,
    code: "linear-stack",
    fix: 'Give it the activation "relu"',
  },
  {
    mistake: "a linear stack with batch normalization",
    text: onIris("layers.dense(8, { useBias: false })", "layers.batchNormalization()", THREE),
    code: "linear-stack",
    fix: 'Give it the activation "relu"',
  },
  {
    mistake: "convolutions without an activation",
    text: `export const network = sequential({ inputShape: [28, 28, 1] }, [layers.conv2d(8, 3), layers.conv2d(8, 3), ${FLATTEN}, ${TEN}]);\n`,
    code: "linear-stack",
    fix: 'Give it the activation "relu"',
  },
  {
    mistake: "softmax in a hidden layer",
    text: onIris(`layers.dense(8, { activation: "softmax" })`, THREE),
    code: "softmax-in-hidden-layer",
    fix: 'Change softmax to "relu"',
  },
  {
    mistake: "softmax twice",
    text: onIris(THREE, "layers.softmax()"),
    code: "softmax-in-hidden-layer",
    fix: 'Change softmax to "relu"',
  },
  {
    mistake: "squared error for classes",
    text: onIris(HIDDEN, THREE) + plan(`${IRIS}.oneHot(3)`, `loss: "mse"`),
    code: "regression-loss-for-classes",
    fix: 'Change the loss to "categoricalCrossentropy"',
  },
  {
    mistake: "squared error for class numbers",
    text: onIris(HIDDEN, "layers.dense(3)") + plan(IRIS, `loss: "mse"`),
    code: "regression-loss-for-classes",
    fix: 'Change the loss to "sparseCategoricalCrossentropy" and the activation to "softmax"',
  },
  {
    mistake: "accuracy of a regression",
    text: onIris(HIDDEN, "layers.dense(1)") + plan(`csv("a.csv").standardize()`, `loss: "mse", metrics: ["accuracy"]`),
    code: "accuracy-for-regression",
    fix: 'Change the metric to "meanAbsoluteError"',
  },
  {
    mistake: "a sigmoid for a number beyond 1",
    text:
      onIris(HIDDEN, `layers.dense(1, { activation: "sigmoid" })`) +
      plan("arrays({ x: [[1, 2, 3, 4]], y: [21.5] })", `loss: "mse"`),
    code: "label-range-mismatch",
    fix: "Leave out the output's activation",
  },
  {
    mistake: "labels of −1 and 1 for a cross-entropy",
    text:
      onIris(`layers.dense(1, { activation: "sigmoid" })`) +
      plan("arrays({ x: [[1, 2, 3, 4], [4, 3, 2, 1]], y: [-1, 1] })", BINARY),
    code: "label-range-mismatch",
  },
  {
    mistake: "dropout at the output",
    text: classifier(FLATTEN, HIDDEN, TEN, "layers.dropout(0.5)") + IMAGES,
    code: "dropout-at-output",
    fix: "Remove the dropout",
  },
  {
    mistake: "bytes into a sigmoid",
    text: classifier(FLATTEN, `layers.dense(64, { activation: "sigmoid" })`, TEN) + plan("fashionMnist()"),
    code: "unscaled-inputs",
    fix: "Add .scale(1 / 255) to the data",
  },
  {
    mistake: "a learning rate of 1 for Adam",
    text:
      onIris(THREE) +
      `export default train(network, { data: ${IRIS}, optimizer: optimizers.adam({ learningRate: 1 }), loss: "sparseCategoricalCrossentropy" });\n`,
    code: "learning-rate-scale",
    fix: "Change the learning rate to 0.001",
  },
  {
    mistake: "He's initializer before tanh",
    text: onIris(`layers.dense(8, { activation: "tanh", kernelInitializer: "heNormal" })`, THREE),
    code: "initializer-activation-mismatch",
    fix: 'Use the initializer "glorotNormal"',
  },
  {
    mistake: "a bias before batch normalization",
    text: onIris("layers.dense(8)", "layers.batchNormalization()", "layers.reLU()", THREE),
    code: "bias-before-batch-normalization",
    fix: "Leave out the bias",
  },
  {
    mistake: "a layer that leads nowhere",
    text: `const x = input({ shape: [4] });\nconst h = ${HIDDEN}(x);\nlayers.dropout(0.5)(h);\nexport const network = model({ inputs: x, outputs: ${THREE}(h) });\n`,
    code: "unused-layer",
  },
  {
    mistake: "an input that leads nowhere",
    text: `const x = input({ shape: [4] });\nconst extra = input({ shape: [2] });\nexport const network = model({ inputs: [x, extra], outputs: ${THREE}(x) });\n`,
    code: "unused-input",
  },
  {
    mistake: "an input that is not named",
    text: `const x = input({ shape: [4] });\nconst extra = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: ${THREE}(layers.add()([x, extra])) });\n`,
    code: "disconnected-graph",
  },
  { mistake: "flatten on rows", text: onIris(FLATTEN, THREE), code: "superfluous-flatten", fix: "Remove layers.flatten()" },
  {
    mistake: "most of the weights behind flatten",
    text: `export const network = sequential({ inputShape: [224, 224, 3] }, [layers.conv2d(8, 3, { activation: "relu" }), ${FLATTEN}, ${HIDDEN}, ${TEN}]);\n`,
    code: "large-dense-after-flatten",
    fix: "Replace layers.flatten() by layers.globalAveragePooling2d()",
  },
  {
    mistake: "words numbered from 1",
    text:
      `export const network = sequential({ inputShape: [3] }, [layers.embedding(5, 4), layers.globalAveragePooling1d(), layers.dense(2, { activation: "softmax" })]);\n` +
      plan("arrays({ x: [[1, 2, 3], [3, 4, 5]], y: [0, 1] })"),
    code: "embedding-index-range",
    fix: "Set inputDim to 6",
  },
  {
    mistake: "words numbered from 1, for a model within a model",
    text:
      `const words = sequential({ inputShape: [3] }, [layers.embedding(5, 4), layers.globalAveragePooling1d()]);\n` +
      `export const network = sequential({ inputShape: [3] }, [words, layers.dense(2, { activation: "softmax" })]);\n` +
      plan("arrays({ x: [[1, 2, 3], [3, 4, 5]], y: [0, 1] })"),
    code: "embedding-index-range",
    fix: "Set inputDim to 6",
  },
  {
    mistake: "one name twice",
    text: onIris(
      `layers.dense(8, { activation: "relu", name: "hidden" })`,
      `layers.dense(8, { activation: "relu", name: "hidden" })`,
      THREE,
    ),
    code: "duplicate-name",
    fix: 'Rename it to "hidden_2"',
  },
  {
    mistake: "one pooling too many",
    text: `export const network = sequential({ inputShape: [8, 8, 1] }, [layers.maxPooling2d(4), layers.conv2d(8, 3, { activation: "relu" })]);\n`,
    code: "kernel-larger-than-input",
    fix: 'Set padding to "same"',
  },
  {
    mistake: "a residual connection of another width",
    text: `const x = input({ shape: [16] });\nconst h = layers.dense(32, { activation: "relu" })(x);\nexport const network = model({ inputs: x, outputs: layers.dense(1)(layers.add()([x, h])) });\n`,
    code: "merge-shape-mismatch",
    fix: "Change units of dense to 16",
  },
  {
    mistake: "no input shape",
    text: `export const network = sequential({}, [${THREE}]);\n${plan("arrays({ x: [[1, 2]], y: [2] })")}`,
    code: "missing-input-shape",
    fix: "Set inputShape to [2], the data's",
  },
  {
    mistake: "neighbours that changed places",
    text: onIris(`layers.dense(8, { activation: "tahn" })`, THREE),
    code: "unknown-name",
    fix: "Change tahn to tanh",
  },
  {
    mistake: "Keras's name of a loss",
    text: onIris(THREE) + plan(IRIS, `loss: "sparse_categorical_crossentropy"`),
    code: "unknown-name",
    fix: "Change sparse_categorical_crossentropy to sparseCategoricalCrossentropy",
  },
  {
    mistake: "Keras's name of a layer",
    text: classifier("layers.LSTM(8)", TEN) + IMAGES,
    code: "unknown-name",
    fix: "Change LSTM to lstm",
  },
  {
    mistake: "Keras's name of an option",
    text: onIris(`layers.dense(8, { activation: "relu", kernel_initializer: "heNormal" })`, THREE),
    code: "unknown-name",
    fix: "Change kernel_initializer to kernelInitializer",
  },
  {
    mistake: "fit's validationSplit",
    text: onIris(THREE) + plan(IRIS, `loss: "sparseCategoricalCrossentropy", validationSplit: 0.1`),
    code: "unknown-name",
  },
  { mistake: "the activation by position", text: onIris(`layers.dense(8, "relu")`, THREE), code: "invalid-argument" },
  {
    mistake: "TensorFlow.js's form",
    text: onIris(`layers.dense({ units: 8, activation: "relu" })`, THREE),
    code: "invalid-argument",
  },
  {
    mistake: "a factory that is not called",
    text: classifier("layers.flatten", TEN) + IMAGES,
    code: "invalid-argument",
    fix: "Call it",
  },
  {
    mistake: "a layer that is not called on a tensor",
    text: `const x = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: ${THREE} });\n`,
    code: "invalid-argument",
  },
  {
    mistake: "inputs and outputs by position",
    text: `const x = input({ shape: [4] });\nexport const network = model(x, ${THREE}(x));\n`,
    code: "invalid-argument",
    fix: "Name both ends",
  },
  {
    mistake: "layers without the options before them",
    text: `export const network = sequential([${HIDDEN}, ${THREE}]);\n`,
    code: "invalid-argument",
    fix: "Write the options before the layers",
  },
  { mistake: "a share in percent", text: onIris(HIDDEN, "layers.dropout(50)", THREE), code: "invalid-argument" },
  { mistake: "compile and fit", text: onIris(THREE) + `network.compile({ optimizer: "adam" });\n`, code: "exception" },
  {
    mistake: "a list of layers that is not spread",
    text: `const block = (units: number) => [layers.dense(units, { activation: "relu" })];\n` + onIris("block(8)", THREE),
    code: "invalid-argument",
  },
  {
    mistake: "an operation on what has no value yet",
    text: `import { tf } from "layerwise";\nconst x = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: tf.relu(x as any) });\n`,
    code: "invalid-argument",
  },
  {
    mistake: "a loss that is named and not made",
    text: onIris("layers.dense(1)") + plan("arrays({ x: [[1, 2, 3, 4]], y: [1] })", "loss: losses.huber as any"),
    code: "own-function-failed",
  },
  {
    mistake: "a mean over the batch too",
    text: `import { tf } from "layerwise";\n` + onIris("layers.lambda((x) => tf.mean(x))"),
    code: "batch-dimension-lost",
  },
];
