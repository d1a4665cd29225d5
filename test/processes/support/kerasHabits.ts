import type { BeginnerMistake } from "./beginnerMistakes";

/** A habit of people who know Keras that does not work here, with what the message says about the way here. */
export interface KerasHabit extends BeginnerMistake {
  readonly says: string;
}

const onImages = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [28, 28, 1] }, [${layers.join(", ")}]);\n`;
const onSequence = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [8, 4] }, [${layers.join(", ")}]);\n`;

const own = (body: string, use = "layer(Own)()"): string =>
  `import { Layer, layer, tf } from "layerwise";
class Own extends Layer {
  w: any;
  ${body}
}
export const network = sequential({ inputShape: [4] }, [${use}]);
`;
const CALL = "call(x: any) { return x; }";

export const KERAS_HABITS: readonly KerasHabit[] = [
  {
    mistake: "an argument by name where it may be left out",
    text: onImages("layers.maxPooling2d({ poolSize: [2, 2], strides: 2 })"),
    code: "invalid-argument",
    fix: "Write poolSize first, without its name",
    says: "Write layers.maxPooling2d([2, 2], { strides: 2 }).",
  },
  {
    mistake: "all arguments by name",
    text: onImages(`layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu" })`),
    code: "invalid-argument",
    fix: "Write filters and kernelSize first, without their names",
    says: `Write layers.conv2d(8, 3, { activation: "relu" }).`,
  },
  {
    mistake: "the second argument by name, in snake case",
    text: onImages("layers.conv2d(8, { kernel_size: 3 })"),
    code: "invalid-argument",
    fix: "Write kernel_size first, without its name",
    says: "Write layers.conv2d(8, 3).",
  },
  {
    mistake: "an argument by name, another missing",
    text: onImages("layers.conv2d({ kernelSize: 3 })"),
    code: "invalid-argument",
    says: "Write layers.conv2d(filters, 3).",
  },
  {
    mistake: "a layer by name",
    text: onSequence("layers.bidirectional({ layer: layers.lstm(8) })"),
    code: "invalid-argument",
    fix: "Write layer first, without its name",
    says: "Write layers.bidirectional(layers.lstm(…)).",
  },
  {
    mistake: "a function by name",
    text: onSequence("layers.lambda({ function: (x) => x })"),
    code: "invalid-argument",
    fix: "Write function first, without its name",
    says: "Write layers.lambda(…).",
  },
  {
    mistake: "an equation, and what follows it by name",
    text: onSequence(`layers.einsumDense("abc,cd->abd", { outputShape: [null, 64], biasAxes: "d" })`),
    code: "invalid-argument",
    fix: "Write outputShape first, without its name",
    says: `Write layers.einsumDense("abc,cd->abd", [null, 64], { biasAxes: "d" }).`,
  },
  {
    mistake: "a keyword argument of Python's",
    text: onImages(`layers.conv2d(32, 3, activation="relu")`),
    code: "invalid-argument",
    fix: "Write name: value instead of name = value",
    says: `Arguments after the main ones have names: { activation: "relu" }.`,
  },
  {
    mistake: "several keyword arguments of Python's",
    text: onImages(`layers.conv2d(filters=32, kernel_size=3, use_bias=false, activation="relu")`),
    code: "invalid-argument",
    fix: "Write name: value instead of name = value",
    says: "strides = … assigns a variable.",
  },
  {
    mistake: "the padding by position",
    text: onImages(`layers.conv2d(32, 3, "same")`),
    code: "invalid-argument",
    fix: `Write { padding: "same" }`,
    says: `{ padding: "same" }`,
  },
  {
    mistake: "the weight of an own layer by names",
    text: own(`${CALL} build(s: any) { this.w = this.addWeight({ name: "w", shape: [s.at(-1), 3], initializer: "zeros" }); }`),
    code: "invalid-argument",
    says: `Write this.addWeight("w", [4, 3], { initializer: "zeros" }).`,
  },
  {
    mistake: "the last size of a shape",
    text: own(`${CALL} build(s: any) { this.w = this.addWeight("w", [s[-1], 3]); }`),
    code: "invalid-argument",
    says: "the last size of a shape is shape.at(-1).",
  },
  {
    mistake: "the last size of a tensor",
    text: own("call(x: any) { return tf.reshape(x, [-1, x.shape[-1] / 2]); }"),
    code: "layer-call-failed",
    says: "write x.shape.at(-1).",
  },
  {
    mistake: "a penalty added to the layer",
    text: own("call(x: any) { this.addLoss(tf.mean(x)); return x; }"),
    code: "layer-call-failed",
    says: "call(x, context) { context.addLoss(penalty); … }",
  },
  {
    mistake: "a class called as in Python",
    text: own(CALL, "Own()"),
    code: "exception",
    says: "const make = layer(Own); make(…) is a layer.",
  },
  {
    mistake: "a factory of a layer",
    text: own(CALL, "layer(new Own())()"),
    code: "invalid-argument",
    says: "Write layer(Own), without new",
  },
  {
    mistake: "a factory of a function",
    text: own(CALL, "layer((x) => x)()"),
    code: "invalid-argument",
    says: "layers.lambda((x) => …)",
  },
  {
    mistake: "a subclass of Model",
    text: `import { Model } from "layerwise";\nclass Own extends Model { call(x: any) { return x; } }\nexport const network = new Own();\n`,
    code: "invalid-argument",
    says: "Let the class extend Layer, and put it into a model",
  },
  {
    mistake: "a layer made in call",
    text: own("call(x: any) { return layers.dense(8)(x); }"),
    code: "layer-call-failed",
    says: "Make it in the constructor, this.dense = …, and call it in call: this.dense(x).",
  },
  {
    mistake: "a layer made in a lambda",
    text: own(CALL, "layers.lambda((x) => layers.dense(8)(x))"),
    code: "layer-call-failed",
    says: "A lambda has no weights",
  },
  {
    mistake: "a variable for a weight",
    text: own(`${CALL} build(s: any) { this.w = tf.variable(tf.zeros([4, 3])); }`),
    code: "invalid-argument",
    says: "A layer declares its weights in build",
  },
  {
    mistake: "two tensors by position",
    text: `const x = input({ shape: [8] });\nconst a = layers.dense(8, { activation: "relu" })(x);\nexport const network = model({ inputs: x, outputs: layers.add()(x, a) });\n`,
    code: "invalid-argument",
    fix: "Make one list of them",
    says: "Several tensors are one list, as in layers.add()([a, b])",
  },
  {
    mistake: "states by name",
    text: `const x = input({ shape: [8, 4] });
const [, h, c] = layers.lstm(16, { returnState: true })(x);
const decode = layers.lstm(16);
export const network = model({ inputs: x, outputs: decode(x, { initialState: [h, c] }) });
`,
    code: "invalid-argument",
    fix: "Make one list of them",
    says: "lstm([x, h, c])",
  },
  {
    mistake: "a mask by name",
    text: `const x = input({ shape: [8, 4] });\nexport const network = model({ inputs: x, outputs: layers.lstm(4)(x, { mask: x }) });\n`,
    code: "invalid-argument",
    says: "A mask travels with its tensor",
  },
  {
    mistake: "a tuple for the input's shape",
    text: `export const network = sequential({ inputShape: (28, 28) }, [layers.flatten(), layers.dense(3)]);\n`,
    code: "invalid-argument",
    says: "Where (28, 28) stands, that is 28 in JavaScript: write [28, 28].",
  },
  {
    mistake: "the shape of an input by position",
    text: `const x = input([28, 28]);\nexport const network = model({ inputs: x, outputs: layers.flatten()(x) });\n`,
    code: "invalid-argument",
    fix: "Write { shape: [28, 28] }",
    says: "Write { shape: [28, 28] }.",
  },
  {
    mistake: "a model's option in snake case",
    text: `export const network = sequential({ input_shape: [8] }, [layers.dense(3)]);\n`,
    code: "unknown-name",
    fix: "Change input_shape to inputShape",
    says: "sequential has no option input_shape. Did you mean inputShape?",
  },
  {
    mistake: "the batch in the input",
    text: `const x = input({ shape: [8], batchSize: 32 });\nexport const network = model({ inputs: x, outputs: layers.dense(3)(x) });\n`,
    code: "unknown-name",
    says: "train(model, { batchSize: 32, … })",
  },
  {
    mistake: "the slope of Keras 2",
    text: onSequence("layers.leakyReLU({ alpha: 0.2 })"),
    code: "unknown-name",
    fix: "Change alpha to negativeSlope",
    says: "It is negativeSlope here, as in Keras 3.",
  },
  {
    mistake: "a seed for each layer",
    text: onSequence("layers.lstm(8)", "layers.dropout(0.2, { seed: 1 })", "layers.dense(2)"),
    code: "unknown-name",
    says: "train(model, { seed: 1, … })",
  },
];
