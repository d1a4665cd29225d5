import { MISTAKES_IN_PLANS } from "./mistakesInPlans";

/** A model file with one mistake that beginners make, or people who know Keras or TensorFlow.js. */
export interface BeginnerMistake {
  readonly mistake: string;
  readonly text: string;
  readonly code: string;
  /** The first fix that is offered, or undefined where none is. */
  readonly fix?: string;
  /** Whether nothing else may be said of the file. */
  readonly alone?: true;
  /** What the message ends with. */
  readonly end?: string;
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

const kindAndSize = (options: string): string =>
  `const x = input({ shape: [2] });
const kind = layers.dense(3, { activation: "softmax", name: "kind" })(x);
const size = layers.dense(1, { name: "size" })(x);
export const network = model({ inputs: x, outputs: [kind, size] });
` + plan("arrays({ x: [[1, 2], [3, 4]], y: { kind: [0, 2], size: [1.5, 3] } })", options);

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
    mistake: "a transformer's block straight into the output",
    text:
      `const words = input({ shape: [3, 8] });\n` +
      `const attended = layers.add()([words, layers.multiHeadAttention(2, 4)([words, words])]);\n` +
      `const block = layers.add()([attended, layers.dense(8)(layers.dense(16, { activation: "relu" })(attended))]);\n` +
      `export const network = model({ inputs: words, outputs: layers.dense(2, { activation: "softmax" })(block) });\n` +
      plan("arrays({ x: { values: new Float32Array(48), shape: [2, 3, 8] }, y: [0, 1] })"),
    code: "missing-flatten",
    fix: "Insert layers.flatten()",
  },
  {
    mistake: "no flatten before layers that two outputs share",
    text:
      `const x = input({ shape: [2, 3] });\nconst h = ${HIDDEN}(x);\n` +
      `const kind = layers.dense(3, { activation: "softmax", name: "kind" })(h);\nconst size = layers.dense(1, { name: "size" })(h);\n` +
      `export const network = model({ inputs: x, outputs: [kind, size] });\n` +
      plan(
        "arrays({ x: { values: new Float32Array(12), shape: [2, 2, 3] }, y: { kind: [0, 2], size: [1.5, 3] } })",
        `loss: { kind: "sparseCategoricalCrossentropy", size: "mse" }`,
      ),
    code: "missing-flatten",
    fix: "Insert layers.flatten()",
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
    mistake: "a softmax layer among hidden ones",
    text: onIris("layers.dense(8)", "layers.softmax()", "layers.reLU()", THREE),
    code: "softmax-in-hidden-layer",
    fix: 'Change softmax to "relu"',
  },
  {
    mistake: "softmax twice",
    text: onIris(THREE, "layers.softmax()"),
    code: "output-activation-twice",
    fix: "Remove the second softmax",
    alone: true,
  },
  {
    mistake: "sigmoid twice",
    text: onIris(`layers.dense(1, { activation: "sigmoid" })`, `layers.activation("sigmoid")`),
    code: "output-activation-twice",
    fix: "Remove the second sigmoid",
    alone: true,
  },
  {
    mistake: "softmax behind sigmoids",
    text: onIris(`layers.dense(3, { activation: "sigmoid" })`, `layers.activation("softmax")`),
    code: "output-activation-twice",
    fix: "Leave out the activation of dense",
    alone: true,
  },
  {
    mistake: "ReLU behind softmax",
    text: onIris(THREE, "layers.reLU()"),
    code: "output-activation-twice",
    fix: "Remove re_lu",
    alone: true,
  },
  {
    mistake: "batch normalization behind softmax",
    text: onIris(THREE, "layers.batchNormalization()"),
    code: "output-activation-twice",
    fix: "Remove batch_normalization",
    alone: true,
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
    mistake: "accuracy for both a class and a number",
    text: kindAndSize(`loss: { kind: "sparseCategoricalCrossentropy", size: "mse" }, metrics: ["accuracy"]`),
    code: "accuracy-for-regression",
    fix: 'Change the metric to "meanAbsoluteError" for size alone',
    alone: true,
  },
  {
    mistake: "squared error for both a class and a number",
    text: kindAndSize(`loss: "mse"`),
    code: "regression-loss-for-classes",
    fix: 'Change the loss to "sparseCategoricalCrossentropy"',
    alone: true,
  },
  {
    mistake: "softmax for numbers beyond 1",
    text: onIris(THREE) + plan("arrays({ x: [[1, 2, 3, 4]], y: [[20, 30, 50]] })", `loss: "mse"`),
    code: "label-range-mismatch",
    fix: "Leave out the output's activation",
    alone: true,
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
    mistake: "bytes into ReLU, with plain gradient descent",
    text:
      classifier(FLATTEN, HIDDEN, TEN) +
      `export default train(network, { data: fashionMnist(), optimizer: "sgd", loss: "sparseCategoricalCrossentropy" });\n`,
    code: "unscaled-inputs",
    fix: "Add .scale(1 / 255) to the data",
    alone: true,
  },
  {
    mistake: "bytes multiplied instead of divided",
    text: classifier(FLATTEN, HIDDEN, TEN) + plan("fashionMnist().scale(255)"),
    code: "unscaled-inputs",
    fix: "Scale by 1 / 255 instead",
    alone: true,
  },
  {
    mistake: "standardized numbers into an embedding",
    text: onIris("layers.embedding(10, 4)", FLATTEN, THREE) + plan(IRIS),
    code: "embedding-index-range",
    alone: true,
  },
  {
    mistake: "fractions into an embedding",
    text:
      onIris("layers.embedding(10, 4)", FLATTEN, THREE) +
      plan("arrays({ x: [[0.1, 2, 3, 4], [1, 2.5, 3, 4], [1, 2, 3, 4]], y: [0, 1, 2] })"),
    code: "embedding-index-range",
    alone: true,
  },
  {
    mistake: "a model that is frozen as a whole",
    text: onIris(THREE) + `network.trainable = false;\n` + plan(IRIS),
    code: "nothing-trainable",
    alone: true,
  },
  {
    mistake: "two channels for three classes of places",
    text:
      `export const network = sequential({ inputShape: [2, 2, 1] }, [layers.conv2d(2, 3, { padding: "same", activation: "softmax" })]);\n` +
      plan("arrays({ x: [[[[1], [2]], [[3], [4]]]], y: [[[0, 1], [2, 0]]] })"),
    code: "output-units-mismatch",
    alone: true,
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
    mistake: "a bias before batch normalization, in a helper that is called from two places",
    text:
      `const block = (units: number) => [layers.dense(units), layers.batchNormalization(), layers.reLU()];\n` +
      onIris("...block(8)", "...block(16)", THREE),
    code: "bias-before-batch-normalization",
    fix: "Leave out the bias",
    alone: true,
    end: "(And 1 more from this call.)",
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
    mistake: "a shortcut around a convolution without padding",
    text:
      `const x = input({ shape: [28, 28, 1] });\n` +
      `const h = layers.add()([layers.conv2d(8, 1)(x), layers.conv2d(8, 3, { activation: "relu" })(x)]);\n` +
      `export const network = model({ inputs: x, outputs: ${TEN}(layers.globalAveragePooling2d()(h)) });\n`,
    code: "merge-shape-mismatch",
    fix: 'Set padding of conv2d_1 to "same"',
    alone: true,
    end: 'conv2d_1 has no padding, by which its map loses its edges: with padding: "same" it keeps them.',
  },
  {
    mistake: "a shortcut around a loop's convolutions without padding",
    text:
      `const x = input({ shape: [28, 28, 8] });\nlet h = layers.reLU()(x);\n` +
      `for (let i = 0; i < 2; i++) h = layers.conv2d(8, 3, { activation: "relu" })(h);\n` +
      `export const network = model({ inputs: x, outputs: ${TEN}(layers.globalAveragePooling2d()(layers.add()([x, h]))) });\n`,
    code: "merge-shape-mismatch",
    fix: 'Set padding of conv2d and conv2d_1 to "same"',
    alone: true,
  },
  {
    mistake: "a U-Net for images whose size cannot be halved three times",
    text:
      `const x = input({ shape: [100, 100, 1] });\nconst maps = [layers.conv2d(8, 3, { padding: "same", activation: "relu" })(x)];\n` +
      `for (let i = 0; i < 3; i++) maps.push(layers.conv2d(8, 3, { padding: "same", activation: "relu" })(layers.maxPooling2d()(maps[i]!)));\n` +
      `const joined = layers.concatenate()([layers.upSampling2d()(maps[3]!), maps[2]!]);\n` +
      `export const network = model({ inputs: x, outputs: layers.conv2d(1, 1, { activation: "sigmoid" })(joined) });\n`,
    code: "merge-shape-mismatch",
    end: "The input's 100 would have to be divisible by 8, as 96 or 104 is; or bring one map to the other's size with layers.cropping2d or layers.zeroPadding2d.",
  },
  {
    mistake: "the batch in an input's shape",
    text: `const x = input({ shape: [null, 28, 28] });\nexport const network = model({ inputs: x, outputs: ${TEN}(${FLATTEN}(x)) });\n`,
    code: "shape-mismatch",
    fix: "Set the shape to [28, 28], without the batch",
    alone: true,
  },
  {
    mistake: "the batch in a sequential model's shape",
    text: `export const network = sequential({ inputShape: [null, 28, 28, 1] }, [layers.conv2d(8, 3, { activation: "relu" }), ${FLATTEN}, ${TEN}]);\n`,
    code: "shape-mismatch",
    fix: "Set the shape to [28, 28, 1], without the batch",
    alone: true,
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
  {
    mistake: "the activation by position",
    text: onIris(`layers.dense(8, "relu")`, THREE),
    code: "invalid-argument",
    fix: `Write { activation: "relu" }`,
  },
  {
    mistake: "TensorFlow.js's form",
    text: onIris(`layers.dense({ units: 8, activation: "relu" })`, THREE),
    code: "invalid-argument",
    fix: "Write units first, without its name",
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
  ...MISTAKES_IN_PLANS,
];
