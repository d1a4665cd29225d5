import { lookUp, ModelError } from "../nn";
import { show } from "../nn/arguments";

/** What an option takes; `expected` completes "takes …". */
export interface OptionRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A rule for every option there is. */
export type OptionRules<Options> = Readonly<Record<keyof Options, OptionRule>>;

export const wholeNumber: OptionRule = {
  expected: "a whole number of 0 or more",
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

export const nonNegative: OptionRule = {
  expected: "a finite number of 0 or more",
  accepts: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
};

export const truth: OptionRule = { expected: "true or false", accepts: (value) => typeof value === "boolean" };

export const text: OptionRule = { expected: "a text", accepts: (value) => typeof value === "string" && value !== "" };

export function oneOf(...choices: readonly string[]): OptionRule {
  return { expected: choices.map(show).join(" or "), accepts: (value) => choices.includes(value as string) };
}

/**
 * @param factory As the learner writes it: `callbacks.earlyStopping`.
 * @throws ModelError for an option that does not exist, with the nearest that does, or one that its rule does not accept.
 */
export function requireOptions<Options extends object>(factory: string, options: Options, rules: OptionRules<Options>): Options {
  if (typeof options !== "object" || (options as unknown) === null || Array.isArray(options)) {
    throw new ModelError("invalid-argument", `${factory} takes its options as an object; received ${show(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    const { accepts, expected } = lookUp<OptionRule>(`option of ${factory}`, name, rules);
    if (value !== undefined && !accepts(value)) {
      throw new ModelError("invalid-argument", `${factory}({ ${name} }) takes ${expected}; received ${show(value)}.`);
    }
  }
  return options;
}
