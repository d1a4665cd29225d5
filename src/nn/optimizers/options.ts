import { nonNegative, type OptionRule, type OptionRules, positive, share, truth, wholeNumberFrom } from "../options";
import { rateOrSchedule, type Schedule } from "../schedules/schedule";

/** What every optimizer takes. https://keras.io/api/optimizers/ */
export interface OptimizerOptions {
  /** A number, or a schedule such as `schedules.cosineDecay({ … })`. */
  learningRate?: number | Schedule | undefined;
  /** The share of each weight, times the learning rate, that is taken away before each update. Default: none. */
  weightDecay?: number | undefined;
  /** Weights whose path, such as `dense/bias`, contains one of these words keep out of the decay. Default: none. */
  excludeFromWeightDecay?: readonly string[] | undefined;
  /** Scales each gradient down to this norm. Default: not clipped. At most one of the three. */
  clipNorm?: number | undefined;
  /** Clips each gradient's values to ± this. */
  clipValue?: number | undefined;
  /** Scales all gradients down together, to this norm of all of them. */
  globalClipNorm?: number | undefined;
  /** Whether the weights' moving average is kept, which the weights become at the end of the training. Default `false`. */
  useEma?: boolean | undefined;
  /** How much of the moving average is kept at each step. Default 0.99. */
  emaMomentum?: number | undefined;
  /** The weights become their moving average every so many updates. Default: at the end alone. */
  emaOverwriteFrequency?: number | undefined;
  /** So many steps' gradients are averaged to one update. Default: every step updates. */
  gradientAccumulationSteps?: number | undefined;
}

const words: OptionRule = {
  expected: 'a list of words such as ["bias"]',
  accepts: (value) => Array.isArray(value) && value.every((word) => typeof word === "string" && word !== ""),
};

export const OPTIMIZER_RULES: OptionRules<OptimizerOptions> = {
  learningRate: rateOrSchedule,
  weightDecay: nonNegative,
  excludeFromWeightDecay: words,
  clipNorm: positive,
  clipValue: positive,
  globalClipNorm: positive,
  useEma: truth,
  emaMomentum: share,
  emaOverwriteFrequency: wholeNumberFrom(1),
  gradientAccumulationSteps: wholeNumberFrom(2),
};
