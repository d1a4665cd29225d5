import { hasMethod } from "../arguments";
import { nonNegative, type OptionRule, type OptionRules, requireOptions } from "../options";

/** A learning rate that changes from step to step. */
export interface Schedule {
  readonly name: string;
  /** The learning rate of a step, counted from 0 over the whole training. */
  learningRateAt(step: number): number;
}

/** @throws ModelError for an option that does not exist, is missing, or that its rule does not accept. */
export function schedule<Options extends object>(
  name: string,
  options: Options,
  rules: OptionRules<Options>,
  learningRateAt: (step: number) => number,
): Schedule {
  requireOptions(`schedules.${name}`, options, rules);
  return { name, learningRateAt };
}

export const rateOrSchedule: OptionRule = {
  expected: "a number of 0 or more, or a schedule such as schedules.cosineDecay({ … })",
  accepts: (value) => nonNegative.accepts(value) || hasMethod(value, "learningRateAt"),
};
