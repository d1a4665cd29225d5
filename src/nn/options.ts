import { show } from "./arguments";
import { ModelError } from "./errors";
import { lookUp } from "./lookup";

/** What an option takes; `expected` completes "takes …". */
export interface OptionRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** Whether it must be given. Default `false`. */
  readonly required?: boolean;
}

/** A rule for every option there is. */
export type OptionRules<Options> = Readonly<Record<keyof Options, OptionRule>>;

export const finite: OptionRule = { expected: "a finite number", accepts: isFiniteNumber };

export const nonNegative: OptionRule = {
  expected: "a finite number of 0 or more",
  accepts: (value) => isFiniteNumber(value) && value >= 0,
};

export const positive: OptionRule = {
  expected: "a finite number greater than 0",
  accepts: (value) => isFiniteNumber(value) && value > 0,
};

/** A share: 0 ≤ value ≤ 1. */
export const share: OptionRule = {
  expected: "a number from 0 to 1",
  accepts: (value) => typeof value === "number" && value >= 0 && value <= 1,
};

export function wholeNumberFrom(least: number): OptionRule {
  return {
    expected: `a whole number of ${least} or more`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  };
}

export const wholeNumber = wholeNumberFrom(0);

export const truth: OptionRule = { expected: "true or false", accepts: (value) => typeof value === "boolean" };

export const text: OptionRule = { expected: "a text", accepts: (value) => typeof value === "string" && value !== "" };

export function oneOf(...choices: readonly string[]): OptionRule {
  return { expected: choices.map(show).join(" or "), accepts: (value) => choices.includes(value as string) };
}

/** The same rule for an option that must be given. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true };
}

/**
 * @param factory As the learner writes it: `callbacks.earlyStopping`.
 * @throws ModelError for an option that does not exist, with the nearest that does, one that its rule does not accept, or one that is missing.
 */
export function requireOptions<Options extends object>(factory: string, options: Options, rules: OptionRules<Options>): Options {
  if (typeof options !== "object" || (options as unknown) === null || Array.isArray(options)) {
    throw bareValue(factory, options, rules);
  }
  for (const [name, value] of Object.entries(options)) {
    const { accepts, expected } = lookUp<OptionRule>(`option of ${factory}`, name, rules);
    if (value !== undefined && !accepts(value)) {
      throw new ModelError("invalid-argument", `${factory}({ ${name} }) takes ${expected}; received ${show(value)}.`);
    }
  }
  for (const [name, { required: isRequired, expected }] of Object.entries<OptionRule>(rules)) {
    if (isRequired === true && (options as Readonly<Record<string, unknown>>)[name] === undefined) {
      throw new ModelError("invalid-argument", `${factory} needs ${name}: ${expected}.`);
    }
  }
  return options;
}

/** Options that a value alone is most likely meant for, the first that takes it. */
const USUAL = ["learningRate", "validation", "patience"];

/** An option's value in the place of the options. */
function bareValue<Options extends object>(factory: string, value: unknown, rules: OptionRules<Options>): ModelError {
  const entries = Object.entries<OptionRule>(rules);
  const needed = entries.filter(([, { required: isRequired }]) => isRequired === true).map(([name]) => name);
  const accepting = entries.filter(([, { accepts }]) => accepts(value)).map(([name]) => name);
  const meant =
    [...needed, ...USUAL].find((name) => accepting.includes(name)) ?? (accepting.length === 1 ? accepting[0] : undefined);
  const given = meant === undefined ? [] : [meant];
  const others = needed.filter((name) => name !== meant);
  const form = [...given.map((name) => `${name}: ${show(value)}`), ...others.map((name) => `${name}: …`)].join(", ");
  const error = new ModelError(
    "invalid-argument",
    `${factory} takes its options as an object; received ${show(value)}.${form === "" ? "" : ` Write ${factory}({ ${form} }).`}`,
  );
  error.argumentPath = [0];
  const isWhole = meant !== undefined && others.length === 0 && (typeof value === "number" || typeof value === "string");
  if (isWhole) error.mistake = { kind: "bare", title: `Write { ${form} }`, before: `{ ${meant}: `, after: " }" };
  return error;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
