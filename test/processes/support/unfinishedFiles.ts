/** What the files begin with unless they say otherwise. */
export const IMPORTS = `import { activations, callbacks, constraints, initializers, input, layer, Layer, layers, losses, metrics, model, optimizers, regularizers, schedules, sequential, tf, train } from "layerwise";
import { fashionMnist, iris } from "layerwise/datasets";
`;

/** A file as it is while somebody writes it, or out of another library's habit: what is wrong is said, and the model keeps its numbers. */
export interface Unfinished {
  readonly what: string;
  readonly text: string;
  /** All that is said, in order; of each message a part. */
  readonly said: readonly (readonly [code: string, message: string])[];
  /** Of each model. */
  readonly params: readonly (number | null)[];
  /** How the file goes on after the first fix that is offered; undefined where none is. */
  readonly fixed?: string;
  readonly imports?: string;
  readonly fixedImports?: string;
}

const MLP = `export const mlp = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\n`;
const plan = (data: string): string =>
  `export default train(mlp, { ${data}optimizer: "adam", loss: "sparseCategoricalCrossentropy" });\n`;
const dataSet = (received: string): string =>
  `data takes a data set such as fashionMnist(), csv(path) or arrays({ x, y }); received ${received}.`;
const noData = (data: string, received: string): Pick<Unfinished, "text" | "said" | "params"> => ({
  text: MLP + plan(`${data}, `),
  said: [["invalid-argument", dataSet(received)]],
  params: [7850],
});

export const PLANS: readonly Unfinished[] = [
  {
    what: "a plan that has nothing but a data set that is not called",
    text: `${MLP}export default train(mlp, { data: fashionMnist });\n`,
    said: [
      ["invalid-argument", dataSet("a function")],
      ["invalid-argument", "train needs optimizer"],
      ["invalid-argument", "train needs loss"],
    ],
    params: [7850],
    fixed: `${MLP}export default train(mlp, { data: fashionMnist() });\n`,
  },
  {
    what: "an empty plan",
    text: `${MLP}export default train(mlp, {});\n`,
    said: [
      ["invalid-argument", dataSet("undefined")],
      ["invalid-argument", "train needs optimizer"],
      ["invalid-argument", "train needs loss"],
    ],
    params: [7850],
  },
  { what: "a plan without data", text: MLP + plan(""), said: [["invalid-argument", dataSet("undefined")]], params: [7850] },
  { what: "data that are null", ...noData("data: null as any", "null") },
  { what: "data by name", ...noData(`data: "iris" as any`, `"iris"`) },
  { what: "data as an object", ...noData("data: { x: [[1]], y: [1] } as any", "an object") },
  { what: "data as a list", ...noData("data: [[1], [2]] as any", "[[1], [2]]") },
  {
    what: "a method of data that is not called",
    ...noData("data: fashionMnist().standardize", "a function"),
    fixed: MLP + plan("data: fashionMnist().standardize(), "),
  },
  {
    what: "a data set that is not called, for a model without an input shape",
    text: `export const mlp = sequential({}, [layers.dense(3, { activation: "softmax" })]);\n${plan("data: iris, ")}`,
    said: [
      ["invalid-argument", dataSet("a function")],
      ["missing-input-shape", "sequential has no input shape"],
    ],
    params: [null],
    fixed: `export const mlp = sequential({}, [layers.dense(3, { activation: "softmax" })]);\n${plan("data: iris(), ")}`,
  },
  {
    what: "a language without a method that Layerwise's own checks need",
    text: `delete (Array.prototype as any).findLast;\n${MLP}${plan("data: fashionMnist().standardize(), ")}`,
    said: [["evaluation-crashed", "; outputs of a plan: TypeError: data.transforms.findLast is not a function; "]],
    params: [7850],
  },
];

const IRIS = `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { activation: "softmax" })]);\n`;
const onIris = (options: string): string => `${IRIS}export default train(network, { data: iris().standardize(), ${options} });\n`;
const regularized = (regularizer: string): string =>
  `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { kernelRegularizer: ${regularizer} })]);\n`;
const SPARSE = `loss: "sparseCategoricalCrossentropy"`;

export const NAMES: readonly Unfinished[] = [
  {
    what: "Keras's name of a regularizer",
    text: regularized("(regularizers as any).l1_l2({ l2: 0.1 })"),
    said: [["unknown-name", "There is no regularizers.l1_l2. Did you mean regularizers.l1l2?"]],
    params: [15],
    fixed: regularized("(regularizers as any).l1l2({ l2: 0.1 })"),
  },
  {
    what: "a factor by name",
    text: regularized("regularizers.l2({ l2: 0.01 } as any)"),
    said: [["invalid-argument", "regularizers.l2 takes a factor of 0 or more; received an object."]],
    params: [15],
  },
  {
    what: "a factor in quotes",
    text: regularized(`regularizers.l2("0.1" as any)`),
    said: [["invalid-argument", `regularizers.l2 takes a factor of 0 or more; received "0.1".`]],
    params: [15],
  },
  {
    what: "factors that are null",
    text: regularized("regularizers.l1l2(null as any)"),
    said: [["invalid-argument", "regularizers.l1l2 does not take null"]],
    params: [15],
  },
  {
    what: "Keras's name of an initializer",
    text: `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { activation: "relu", kernelInitializer: (initializers as any).HeNormal() })]);\n`,
    said: [["unknown-name", "Did you mean initializers.heNormal?"]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { activation: "relu", kernelInitializer: (initializers as any).heNormal() })]);\n`,
  },
  {
    what: "an activation without parameters as a function",
    text: `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { activation: activations.relu })]);\n`,
    said: [["unknown-name", `An activation without parameters is given by its name: activation: "relu".`]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { activation: "relu" })]);\n`,
  },
  {
    what: "Keras's name of an optimizer, and of its option",
    text: onIris(`optimizer: optimizers.SGD({ lr: 0.01 }), ${SPARSE}`),
    said: [
      ["unknown-name", "There is no optimizers.SGD. Did you mean optimizers.sgd?"],
      ["unknown-name", `There is no option of optimizers.sgd "lr". Did you mean "learningRate"?`],
    ],
    params: [15],
    fixed: onIris(`optimizer: optimizers.sgd({ lr: 0.01 }), ${SPARSE}`),
  },
  {
    what: "an abbreviated option",
    text: onIris(`optimizer: optimizers.adam({ lr: 0.01 }), ${SPARSE}`),
    said: [["unknown-name", `Did you mean "learningRate"?`]],
    params: [15],
    fixed: onIris(`optimizer: optimizers.adam({ learningRate: 0.01 }), ${SPARSE}`),
  },
  {
    what: "Keras's name of a metric",
    text: onIris(`optimizer: "adam", ${SPARSE}, metrics: [metrics.Accuracy()]`),
    said: [["unknown-name", "Did you mean metrics.accuracy?"]],
    params: [15],
    fixed: onIris(`optimizer: "adam", ${SPARSE}, metrics: [metrics.accuracy()]`),
  },
  {
    what: "Keras's name of a loss",
    text: onIris(`optimizer: "adam", loss: losses.SparseCategoricalCrossentropy()`),
    said: [["unknown-name", "Did you mean losses.sparseCategoricalCrossentropy?"]],
    params: [15],
    fixed: onIris(`optimizer: "adam", loss: losses.sparseCategoricalCrossentropy()`),
  },
  {
    what: "names that nothing is like",
    text: onIris(
      `optimizer: optimizers.shampoo(), loss: losses.triplet(), metrics: [metrics.bleu()], callbacks: [callbacks.csvLogger("a.csv")]`,
    ),
    said: [
      ["unknown-name", "There is no optimizers.shampoo. Known: adadelta, "],
      ["unknown-name", "There is no losses.triplet. Known: "],
      ["unknown-name", "There is no metrics.bleu. Known: "],
      ["unknown-name", "There is no callbacks.csvLogger. Each run writes its history.csv without one."],
    ],
    params: [15],
  },
  {
    what: "classes of Keras, imported",
    imports: `import { Dense, Sequential } from "layerwise";\n`,
    text: `export const network = Sequential({ inputShape: [4] }, [Dense(3)]);\n`,
    said: [
      ["unknown-name", `"layerwise" has no export "Sequential". Did you mean sequential?`],
      ["unknown-name", `"layerwise" has no export "Dense". Did you mean layers.dense?`],
    ],
    params: [15],
    fixedImports: `import { Dense, sequential } from "layerwise";\n`,
    fixed: `export const network = sequential({ inputShape: [4] }, [Dense(3)]);\n`,
  },
  {
    what: "a layer that is imported by itself",
    imports: `import { Dense, sequential } from "layerwise";\n`,
    text: `export const network = sequential({ inputShape: [4] }, [\n  Dense(3, { activation: "relu" }),\n  Dense(1),\n]);\n`,
    said: [
      ["unknown-name", `"layerwise" has no export "Dense". Did you mean layers.dense?`],
      ["unknown-name", `"layerwise" has no export "Dense". Did you mean layers.dense?`],
    ],
    params: [19],
    fixedImports: `import { layers, sequential } from "layerwise";\n`,
    fixed: `export const network = sequential({ inputShape: [4] }, [\n  layers.dense(3, { activation: "relu" }),\n  layers.dense(1),\n]);\n`,
  },
  {
    what: "a data set of another spelling",
    imports: `import { layers, sequential, train } from "layerwise";\nimport { IRIS as data } from "layerwise/datasets";\n`,
    text: `${IRIS}export default train(network, { data: data().standardize(), optimizer: "adam", ${SPARSE} });\n`,
    said: [["unknown-name", `"layerwise/datasets" has no export "IRIS". Did you mean iris?`]],
    params: [15],
    fixedImports: `import { layers, sequential, train } from "layerwise";\nimport { iris as data } from "layerwise/datasets";\n`,
    fixed: `${IRIS}export default train(network, { data: data().standardize(), optimizer: "adam", ${SPARSE} });\n`,
  },
  {
    what: "layers without their namespace",
    imports: `import { sequential } from "layerwise";\n`,
    text: `export const network = sequential({ inputShape: [4] }, [dense(8, { activation: "relu" }), dense(3)]);\n`,
    said: [
      ["unknown-name", "There is no dense in this file. Did you mean layers.dense?"],
      ["unknown-name", "There is no dense in this file. Did you mean layers.dense?"],
    ],
    params: [67],
    fixedImports: `import { sequential, layers } from "layerwise";\n`,
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(8, { activation: "relu" }), layers.dense(3)]);\n`,
  },
  {
    what: "nothing imported at all",
    imports: "",
    text: IRIS,
    said: [
      ["unknown-name", `sequential is not imported. Write import { sequential } from "layerwise";`],
      ["unknown-name", `layers is not imported. Write import { layers } from "layerwise";`],
    ],
    params: [15],
    fixed: `import { sequential } from "layerwise";\n${IRIS}`,
  },
  {
    what: "Python's words",
    text: `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { useBias: False, activation: None })]);\n`,
    said: [
      ["unknown-name", "False is Python's. Write false."],
      ["unknown-name", "None is Python's. Write undefined."],
    ],
    params: [12],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { useBias: false, activation: None })]);\n`,
  },
  {
    what: "a name that is declared nowhere",
    text: `export const network = seqential({ inputShape: [4] }, [layers.dense(3)]);\n`,
    said: [["exception", "seqential is not defined. Did you mean sequential?"]],
    params: [],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3)]);\n`,
  },
  {
    what: "a method of Keras's models",
    text: `${IRIS}(network as any).summary();\n`,
    said: [["exception", "A model's shapes and parameters stand beside its code"]],
    params: [15],
  },
  {
    what: "abbreviated layers",
    text: `export const network = sequential({ inputShape: [8, 8, 3] }, [layers.conv2d(4, 3), layers.batchNorm(), layers.ReLU(), layers.maxPool2d(2), layers.globalAvgPool2d(), layers.dense(2)]);\n`,
    said: [
      ["unknown-name", "There is no layers.batchNorm. Did you mean layers.batchNormalization?"],
      ["unknown-name", "There is no layers.ReLU. Did you mean layers.reLU?"],
      ["unknown-name", "There is no layers.maxPool2d. Did you mean layers.maxPooling2d?"],
      ["unknown-name", "There is no layers.globalAvgPool2d. Did you mean layers.globalAveragePooling2d?"],
      ["bias-before-batch-normalization", ""],
    ],
    params: [112 + 16 + 10],
    fixed: `export const network = sequential({ inputShape: [8, 8, 3] }, [layers.conv2d(4, 3), layers.batchNormalization(), layers.ReLU(), layers.maxPool2d(2), layers.globalAvgPool2d(), layers.dense(2)]);\n`,
  },
  {
    what: "an activation as a layer",
    text: `export const network = sequential({ inputShape: [4] }, [layers.dense(3), (layers as any).sigmoid()]);\n`,
    said: [["unknown-name", `There is no layers.sigmoid. Did you mean layers.activation("sigmoid")?`]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3), layers.activation("sigmoid")]);\n`,
  },
  {
    what: "a layer that nothing is like",
    text: `export const network = sequential({ inputShape: [4] }, [layers.dense(3), layers.frobnicate()]);\n`,
    said: [
      [
        "unknown-name",
        'There is no layers.frobnicate. What there is comes up when "layers." is typed; a layer of your own is a class that extends Layer.',
      ],
    ],
    params: [null],
  },
];

const LIST_FIRST = "then a list of layers; received the list first";
const ONE_BY_ONE = "then a list of layers; received the layers one by one";
const INPUT_FIRST = "the result of input({ shape }) as the first layer. Write sequential({ inputShape: [4] }, [layers…])";
const BY_POSITION = "model takes one object that names both ends; received inputs and outputs by position.";

export const FORMS: readonly Unfinished[] = [
  {
    what: "a list of layers alone",
    text: `export const network = sequential([layers.dense(3), layers.reLU()] as any);\n`,
    said: [["invalid-argument", LIST_FIRST]],
    params: [null],
    fixed: `export const network = sequential({}, [layers.dense(3), layers.reLU()] as any);\n`,
  },
  {
    what: "a list of layers before the options",
    text: `export const network = sequential([\n  layers.dense(3),\n], { inputShape: [4] });\n`,
    said: [["invalid-argument", LIST_FIRST]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] }, [\n  layers.dense(3),\n]);\n`,
  },
  {
    what: "layers one by one",
    text: `export const network = sequential({ inputShape: [4] },\n  layers.dense(3),\n  layers.reLU(), // above 0\n);\n`,
    said: [["invalid-argument", ONE_BY_ONE]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] },\n  [layers.dense(3),\n  layers.reLU()], // above 0\n);\n`,
  },
  {
    what: "layers one by one, an input before them",
    text: `export const network = sequential(input({ shape: [4] }), layers.dense(3));\n`,
    said: [["invalid-argument", `${ONE_BY_ONE}, with ${INPUT_FIRST}`]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3)]);\n`,
  },
  {
    what: "layers one by one, with a name and an input",
    text: `export const network = sequential({ name: "n" }, input({ shape: [4] }), layers.dense(3));\n`,
    said: [["invalid-argument", `${ONE_BY_ONE}, with ${INPUT_FIRST}`]],
    params: [15],
  },
  {
    what: "layers that are spread into the call",
    text: `const block = [layers.dense(3)];\nexport const network = sequential({ inputShape: [4] }, ...block);\n`,
    said: [["invalid-argument", ONE_BY_ONE]],
    params: [15],
  },
  {
    what: "Keras's list that begins with an input",
    text: `export const network = sequential({ name: "n" }, [\n  input({ shape: [4] }),\n  layers.dense(3),\n]);\n`,
    said: [["invalid-argument", INPUT_FIRST]],
    params: [15],
    fixed: `export const network = sequential({ name: "n", inputShape: [4] }, [\n  layers.dense(3),\n]);\n`,
  },
  {
    what: "the same without options",
    text: `export const network = sequential([input({ shape: [4] }), layers.dense(3)]);\n`,
    said: [["invalid-argument", `${LIST_FIRST}, with ${INPUT_FIRST}`]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3)]);\n`,
  },
  {
    what: "Python's name of an option",
    text: `export const network = sequential({ input_shape: [4] } as any, [layers.dense(3)]);\n`,
    said: [["unknown-name", "sequential has no option input_shape. Did you mean inputShape?"]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] } as any, [layers.dense(3)]);\n`,
  },
  {
    what: "an input that is added as a layer",
    text: `export const network = sequential();\nnetwork.add(input({ shape: [4] }));\nnetwork.add(layers.dense(3));\n`,
    said: [["invalid-argument", "received the output of input_layer at position 1. The shape of one sample is an option"]],
    params: [15],
    fixed: `export const network = sequential({ inputShape: [4] });\nnetwork.add(layers.dense(3));\n`,
  },
  {
    what: "TensorFlow.js's form",
    text: `export const network = sequential({ layers: [layers.dense(3, { inputShape: [4] })] } as any);\n`,
    said: [["invalid-argument", "then a list of layers; received the layers as an option."]],
    params: [15],
  },
  {
    what: "the whole library under one name",
    imports: `import * as lw from "layerwise";\n`,
    text: `export const network = (lw as any).Sequential({ inputShape: [4] }, [lw.layers.dense(3)]);\n`,
    said: [["unknown-name", `"layerwise" has no export "Sequential". Did you mean sequential?`]],
    params: [15],
    fixed: `export const network = (lw as any).sequential({ inputShape: [4] }, [lw.layers.dense(3)]);\n`,
  },
  {
    what: "what is no layer among layers",
    text: `const block = [layers.dense(3, { activation: "relu" })];
export const network = sequential({ inputShape: [2, 2] }, [layers.flatten, block, undefined, layers.dense(3)] as any);
`,
    said: [
      ["invalid-argument", "received a function at position 1. A layer's name is called to make one"],
      ["invalid-argument", "received [a layer (Dense)] at position 2. A list of layers is spread: ...block."],
      ["invalid-argument", "received undefined at position 3."],
    ],
    params: [15 + 12],
    fixed: `const block = [layers.dense(3, { activation: "relu" })];
export const network = sequential({ inputShape: [2, 2] }, [layers.flatten(), block, undefined, layers.dense(3)] as any);
`,
  },
  {
    what: "a layer that is not called and needs an argument",
    text: `export const network = sequential({ inputShape: [4] }, [layers.dense(3), layers.dense, layers.dense(2)] as any);\n`,
    said: [["invalid-argument", "received a function at position 2."]],
    params: [null],
  },
  {
    what: "no recurrent layer in both directions",
    text: `export const network = sequential({ inputShape: [4, 2] }, [layers.bidirectional(8 as any), layers.dense(3)]);\n`,
    said: [["invalid-argument", "layers.bidirectional(layer) takes a recurrent layer such as layers.lstm(64); received 8."]],
    params: [null],
  },
  {
    what: "a method of a data set in another spelling",
    text: `${MLP}const data = (fashionMnist() as any).standardise();\n`,
    said: [["exception", "standardise is not a function. Did you mean standardize?"]],
    params: [7850],
    fixed: `${MLP}const data = (fashionMnist() as any).standardize();\n`,
  },
  {
    what: "what takes no layers at all",
    text: `export const network = sequential("n" as any, [layers.dense(3)]);\n`,
    said: [["invalid-argument", `received "n" and [a layer (Dense)]`]],
    params: [],
  },
  {
    what: "inputs and outputs by position",
    text: `const x = input({ shape: [4] });\nexport const network = model(x, layers.dense(3)(x));\n`,
    said: [["invalid-argument", BY_POSITION]],
    params: [15],
    fixed: `const x = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: layers.dense(3)(x) });\n`,
  },
  {
    what: "lists of inputs and outputs by position",
    text: `const a = input({ shape: [2] });\nconst b = input({ shape: [2] });\nexport const network = model(\n  [a, b],\n  layers.dense(3)(layers.concatenate()([a, b])),\n);\n`,
    said: [["invalid-argument", BY_POSITION]],
    params: [15],
    fixed: `const a = input({ shape: [2] });\nconst b = input({ shape: [2] });\nexport const network = model(\n  { inputs: [a, b],\n  outputs: layers.dense(3)(layers.concatenate()([a, b])) },\n);\n`,
  },
  {
    what: "one input and one output, in the singular",
    text: `const x = input({ shape: [4] });\nexport const network = model({ input: x, output: layers.dense(3)(x) });\n`,
    said: [
      ["unknown-name", "model has no option input. Did you mean inputs?"],
      ["unknown-name", "model has no option output. Did you mean outputs?"],
    ],
    params: [15],
    fixed: `const x = input({ shape: [4] });\nexport const network = model({ inputs: x, output: layers.dense(3)(x) });\n`,
  },
  {
    what: "sequential among the layers",
    imports: `import { layers } from "layerwise";\n`,
    text: `export const network = layers.Sequential({ inputShape: [4] }, [layers.dense(3)]);\n`,
    said: [["unknown-name", `There is no layers.Sequential. sequential stands by itself, imported from "layerwise".`]],
    params: [15],
    fixedImports: `import { layers, sequential } from "layerwise";\n`,
    fixed: `export const network = sequential({ inputShape: [4] }, [layers.dense(3)]);\n`,
  },
  {
    what: "input among the layers",
    text: `const x = layers.input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: layers.dense(3)(x) });\n`,
    said: [["unknown-name", "There is no layers.input. The place where data enters is input({ shape })"]],
    params: [15],
    fixed: `const x = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: layers.dense(3)(x) });\n`,
  },
];

const UNPACKED = "returns one tensor, which was unpacked as if there were several.";
const translator = (options: string): string => `const x = input({ shape: [5, 3] });
const [sequence, h, c] = layers.lstm(4${options})(x) as any;
const decoded = layers.lstm(4)([layers.reshape([1, 4])(sequence), h, c]);
export const network = model({ inputs: x, outputs: layers.dense(2)(decoded) });
`;
const LSTM_PARAMS = 4 * (4 * (3 + 4) + 4) + 4 * (4 * (4 + 4) + 4) + 10;

export const UNPACKING: readonly Unfinished[] = [
  {
    what: "the states of an LSTM that does not return them",
    text: translator(""),
    said: [["invalid-argument", `lstm ${UNPACKED} With returnState: true it returns a list, const [output, h, c] = …`]],
    params: [LSTM_PARAMS],
    fixed: translator(", { returnState: true }"),
  },
  {
    what: "the state of a GRU that does not return it",
    text: `const x = input({ shape: [5, 3] });\nconst [y, state] = layers.gru(4, { resetAfter: false })(x) as any;\nexport const network = model({ inputs: x, outputs: layers.add()([y, state]) });\n`,
    said: [["invalid-argument", `gru ${UNPACKED} With returnState: true it returns a list, const [output, state] = …`]],
    params: [3 * (4 * (3 + 4) + 4)],
    fixed: `const x = input({ shape: [5, 3] });\nconst [y, state] = layers.gru(4, { resetAfter: false, returnState: true })(x) as any;\nexport const network = model({ inputs: x, outputs: layers.add()([y, state]) });\n`,
  },
  {
    what: "a layer that has no states",
    text: `const x = input({ shape: [4] });\nconst [y] = layers.dense(3)(x) as any;\nexport const network = model({ inputs: x, outputs: y });\n`,
    said: [["invalid-argument", `dense ${UNPACKED} Leave out the brackets`]],
    params: [15],
  },
  {
    what: "the outputs of an own layer that failed",
    text: `class Two extends Layer { call(x: any): any { return [x, tf.matMul(x, tf.ones([9, 9]))]; } }
const x = input({ shape: [4] });
const [a, b] = new Two()(x) as any;
export const network = model({ inputs: x, outputs: layers.dense(3)(layers.add()([a, b])) });
`,
    said: [["layer-call-failed", "tf.matMul"]],
    params: [null],
  },
  {
    what: "one tensor that is spread into a list",
    text: `const x = input({ shape: [4] });\nconst all = [...(x as any)];\nexport const network = model({ inputs: x, outputs: layers.dense(3)(all[0]) });\n`,
    said: [["invalid-argument", `input_layer ${UNPACKED}`]],
    params: [15],
  },
];
