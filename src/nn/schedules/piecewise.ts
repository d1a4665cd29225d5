import { show } from "../arguments";
import { ModelError } from "../errors";
import { nonNegative, type OptionRule, required } from "../options";
import { schedule, type Schedule } from "./schedule";

export interface PiecewiseConstantDecayOptions {
  /** The last step of each value but the last, increasing. */
  boundaries: readonly number[];
  /** One more than there are boundaries. */
  values: readonly number[];
}

const increasing: OptionRule = {
  expected: "a list of increasing step numbers such as [1000, 5000]",
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((boundary: unknown, index) => {
      return nonNegative.accepts(boundary) && (index === 0 || (boundary as number) > (value[index - 1] as number));
    }),
};

const rates: OptionRule = {
  expected: "a list of learning rates of 0 or more",
  accepts: (value) => Array.isArray(value) && value.every((rate) => nonNegative.accepts(rate)),
};

const PIECEWISE_CONSTANT_DECAY = { boundaries: required(increasing), values: required(rates) };

/** One learning rate until each boundary. https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/ */
export function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): Schedule {
  const made = schedule("piecewiseConstantDecay", options, PIECEWISE_CONSTANT_DECAY, (step) => {
    const index = options.boundaries.findIndex((boundary) => step <= boundary);
    return options.values.at(index) ?? 0;
  });
  const { boundaries, values } = options;
  if (values.length === boundaries.length + 1) return made;
  throw new ModelError(
    "invalid-argument",
    `schedules.piecewiseConstantDecay takes one value more than boundaries; received boundaries ${show(boundaries)} and values ${show(values)}.`,
  );
}
