import type { BeginnerMistake } from "./beginnerMistakes";

/** A habit of people who know Keras that does not work here, with what the message says about the way here. */
export interface KerasHabit extends BeginnerMistake {
  readonly says: string;
}

const onImages = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [28, 28, 1] }, [${layers.join(", ")}]);\n`;
const onSequence = (...layers: readonly string[]): string =>
  `export const network = sequential({ inputShape: [8, 4] }, [${layers.join(", ")}]);\n`;

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
];
