import { show } from "./arguments";
import { ModelError } from "./errors";

/** A learning rate that changes from step to step. */
export interface Schedule {
  readonly name: string;
  /** The learning rate of a step, counted from 0 over the whole training. */
  learningRateAt(step: number): number;
}

export interface ExponentialDecayOptions {
  initialLearningRate: number;
  decaySteps: number;
  decayRate: number;
  /** Whether the rate falls in steps rather than smoothly. Default `false`. */
  staircase?: boolean | undefined;
}

/** initialLearningRate · decayRate^(step / decaySteps). https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/ */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  const { initialLearningRate, decaySteps, decayRate, staircase = false } = options;
  requirePositive("exponentialDecay", { decaySteps });
  return schedule("exponentialDecay", (step) => {
    const periods = step / decaySteps;
    return initialLearningRate * decayRate ** (staircase ? Math.floor(periods) : periods);
  });
}

export interface PiecewiseConstantDecayOptions {
  /** The last step of each value but the last, increasing. */
  boundaries: readonly number[];
  /** One more than there are boundaries. */
  values: readonly number[];
}

/** One learning rate until each boundary. https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/ */
export function piecewiseConstantDecay({ boundaries, values }: PiecewiseConstantDecayOptions): Schedule {
  if (values.length !== boundaries.length + 1) {
    throw new ModelError(
      "invalid-argument",
      `piecewiseConstantDecay takes one value more than boundaries; received ${boundaries.length} boundaries and ${values.length} values.`,
    );
  }
  return schedule("piecewiseConstantDecay", (step) => {
    const index = boundaries.findIndex((boundary) => step <= boundary);
    return values[index === -1 ? values.length - 1 : index] ?? 0;
  });
}

export interface PolynomialDecayOptions {
  initialLearningRate: number;
  decaySteps: number;
  /** Default 0.0001. */
  endLearningRate?: number | undefined;
  /** Default 1: linear. */
  power?: number | undefined;
  /** Whether the decay starts over, longer, beyond `decaySteps`. Default `false`. */
  cycle?: boolean | undefined;
}

/** From the initial to the end learning rate along a power. https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/ */
export function polynomialDecay(options: PolynomialDecayOptions): Schedule {
  const { initialLearningRate, decaySteps, endLearningRate = 1e-4, power = 1, cycle = false } = options;
  requirePositive("polynomialDecay", { decaySteps });
  return schedule("polynomialDecay", (step) => {
    const total = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const left = 1 - Math.min(step, total) / total;
    return (initialLearningRate - endLearningRate) * left ** power + endLearningRate;
  });
}

export interface InverseTimeDecayOptions {
  initialLearningRate: number;
  decaySteps: number;
  decayRate: number;
  /** Whether the rate falls in steps rather than smoothly. Default `false`. */
  staircase?: boolean | undefined;
}

/** initialLearningRate / (1 + decayRate · step / decaySteps). https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/ */
export function inverseTimeDecay(options: InverseTimeDecayOptions): Schedule {
  const { initialLearningRate, decaySteps, decayRate, staircase = false } = options;
  requirePositive("inverseTimeDecay", { decaySteps });
  return schedule("inverseTimeDecay", (step) => {
    const periods = step / decaySteps;
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(periods) : periods));
  });
}

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

/** Half a cosine from the initial learning rate down. Loshchilov & Hutter 2016, https://arxiv.org/abs/1608.03983 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const { initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 } = options;
  requirePositive("cosineDecay", { decaySteps });
  const decay = (step: number, from: number): number => {
    const cosine = (1 + Math.cos((Math.PI * Math.min(step, decaySteps)) / decaySteps)) / 2;
    return from * ((1 - alpha) * cosine + alpha);
  };
  return schedule("cosineDecay", (step) => {
    if (warmupTarget === undefined) return decay(step, initialLearningRate);
    if (step < warmupSteps) return initialLearningRate + ((warmupTarget - initialLearningRate) * step) / warmupSteps;
    return decay(step - warmupSteps, warmupTarget);
  });
}

export interface CosineDecayRestartsOptions {
  initialLearningRate: number;
  firstDecaySteps: number;
  /** How much longer each period is than the one before. Default 2. */
  tMul?: number | undefined;
  /** The starting rate of each period, as a share of that of the one before. Default 1. */
  mMul?: number | undefined;
  /** Default 0. */
  alpha?: number | undefined;
}

/** Cosine decay with warm restarts. Loshchilov & Hutter 2016, https://arxiv.org/abs/1608.03983 */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): Schedule {
  const { initialLearningRate, firstDecaySteps, tMul = 2, mMul = 1, alpha = 0 } = options;
  requirePositive("cosineDecayRestarts", { firstDecaySteps });
  return schedule("cosineDecayRestarts", (step) => {
    const periods = step / firstDecaySteps;
    const restart = tMul === 1 ? Math.floor(periods) : Math.floor(Math.log(1 - periods * (1 - tMul)) / Math.log(tMul));
    const elapsed = tMul === 1 ? periods - restart : (periods - (1 - tMul ** restart) / (1 - tMul)) / tMul ** restart;
    const cosine = 0.5 * mMul ** restart * (1 + Math.cos(Math.PI * elapsed));
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  });
}

function schedule(name: string, learningRateAt: (step: number) => number): Schedule {
  return { name, learningRateAt };
}

function requirePositive(name: string, values: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(values)) {
    if (!(value > 0)) {
      throw new ModelError(
        "invalid-argument",
        `${name}({ ${option} }) takes a number of steps greater than 0; received ${show(value)}.`,
      );
    }
  }
}
