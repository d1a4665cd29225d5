import { nonNegative, type OptionRule, positive, required, share } from "../options";
import { schedule, type Schedule } from "./schedule";

export interface CosineDecayOptions {
  initialLearningRate: number;
  decaySteps: number;
  /** The share of the starting rate that is left at the end. Default 0. */
  alpha?: number | undefined;
  /** The learning rate that a linear warm-up reaches before the decay starts. Default: no warm-up. */
  warmupTarget?: number | undefined;
  /** Default 0. */
  warmupSteps?: number | undefined;
}

const COSINE_DECAY = {
  initialLearningRate: required(nonNegative),
  decaySteps: required(positive),
  alpha: share,
  warmupTarget: nonNegative,
  warmupSteps: nonNegative,
};

/** Half a cosine from the initial learning rate down. Loshchilov & Hutter 2016, https://arxiv.org/abs/1608.03983 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  return schedule("cosineDecay", options, COSINE_DECAY, (step) => {
    const { initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 } = options;
    const decay = (elapsed: number, from: number): number => {
      const cosine = (1 + Math.cos((Math.PI * Math.min(elapsed, decaySteps)) / decaySteps)) / 2;
      return from * ((1 - alpha) * cosine + alpha);
    };
    if (warmupTarget === undefined) return decay(step, initialLearningRate);
    if (step < warmupSteps) return initialLearningRate + ((warmupTarget - initialLearningRate) * step) / warmupSteps;
    return decay(step - warmupSteps, warmupTarget);
  });
}

export interface CosineDecayRestartsOptions {
  initialLearningRate: number;
  firstDecaySteps: number;
  /** How much longer each period is than the one before; at least 1. Default 2. */
  tMul?: number | undefined;
  /** The starting rate of each period, as a share of that of the one before. Default 1. */
  mMul?: number | undefined;
  /** The share of the starting rate that is left at the end of each period. Default 0. */
  alpha?: number | undefined;
}

const growth: OptionRule = {
  expected: "a finite number of 1 or more",
  accepts: (value) => nonNegative.accepts(value) && (value as number) >= 1,
};

const COSINE_DECAY_RESTARTS = {
  initialLearningRate: required(nonNegative),
  firstDecaySteps: required(positive),
  tMul: growth,
  mMul: nonNegative,
  alpha: share,
};

/** Cosine decay with warm restarts. Loshchilov & Hutter 2016, https://arxiv.org/abs/1608.03983 */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): Schedule {
  return schedule("cosineDecayRestarts", options, COSINE_DECAY_RESTARTS, (step) => {
    const { initialLearningRate, firstDecaySteps, tMul = 2, mMul = 1, alpha = 0 } = options;
    const { restarts, elapsed } = periodAt(step / firstDecaySteps, tMul);
    const cosine = 0.5 * mMul ** restarts * (1 + Math.cos(Math.PI * elapsed));
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  });
}

/** Where a time lies, in first periods, when each period is `growth` times as long as the one before; `elapsed` is a share of its period. */
function periodAt(time: number, growth: number): { restarts: number; elapsed: number } {
  if (growth === 1) return { restarts: Math.floor(time), elapsed: time - Math.floor(time) };
  const startOf = (period: number): number => (growth ** period - 1) / (growth - 1);
  // The logarithm may miss a restart by a rounding error, which would give the end of a period instead of its beginning.
  const nearest = Math.round(Math.log(1 + time * (growth - 1)) / Math.log(growth));
  const restarts = startOf(nearest) <= time ? nearest : nearest - 1;
  return { restarts, elapsed: (time - startOf(restarts)) / growth ** restarts };
}
