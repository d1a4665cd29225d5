import { type Model, ModelError } from "../nn";
import { show, written } from "../nn/arguments";

/** Options that are given by output name. */
export type OptionByOutput = "loss" | "metrics" | "lossWeights";

/** What a value of each option may be, for messages. */
const FORMS: Readonly<Record<OptionByOutput, string>> = {
  loss: "one loss, or losses by output name",
  metrics: "one list of metrics, or lists by output name",
  lossWeights: "weights by output name",
};

/** Keras's lists have the outputs' order. @param list One value for each output. @throws ModelError that says how it is written here. */
export function refuseListForOutputs(option: OptionByOutput, list: readonly unknown[], { outputNames }: Model): never {
  const [only] = list;
  const isOne = outputNames.length === 1 && list.length === 1 && option !== "lossWeights";
  const names = outputNames.length > 0 ? outputNames : ["a", "b"];
  const form = isOne ? "" : ` Give them by output name: ${byOutput(names, () => "…")}.`;
  const error = new ModelError("invalid-argument", `${option} takes ${FORMS[option]}; received ${show(list)}.${form}`);
  error.argument = option;
  const text = isOne ? textOf(only) : list.length === outputNames.length ? mapOf(outputNames, list) : undefined;
  if (text !== undefined) error.mistake = { kind: "argument", title: `Write ${option}: ${text}`, text };
  throw error;
}

function mapOf(names: readonly string[], values: readonly unknown[]): string | undefined {
  const texts = new Map(names.map((name, index) => [name, textOf(values[index])]));
  return [...texts.values()].includes(undefined) ? undefined : byOutput(names, (name) => texts.get(name) ?? "");
}

/** Undefined where only the file itself can tell, or where Keras's None stands for nothing. */
function textOf(value: unknown): string | undefined {
  return [value].flat().includes(null) ? undefined : written(value);
}

/** An object that says something of each output, as it is written in a plan. */
export function byOutput(outputs: readonly string[], value: (output: string) => string): string {
  return `{ ${outputs.map((output) => `${keyOf(output)}: ${value(output)}`).join(", ")} }`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
