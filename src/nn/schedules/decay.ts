import { finite, nonNegative, positive, required, truth } from "../options";
import { schedule, type Schedule } from "./schedule";

export interface DecayOptions {
  initialLearningRate: number;
  decaySteps: number;
  decayRate: number;
  /** Whether the rate falls in steps rather than smoothly. Default `false`. */
  staircase?: boolean | undefined;
}

const DECAY = {
  initialLearningRate: required(nonNegative),
  decaySteps: required(positive),
  decayRate: required(nonNegative),
  staircase: truth,
};

/** initialLearningRate · decayRate^(step / decaySteps). https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/ */
export function exponentialDecay(options: DecayOptions): Schedule {
  return schedule("exponentialDecay", options, DECAY, (step) => {
    return options.initialLearningRate * options.decayRate ** periodsAt(step, options);
  });
}

/** initialLearningRate / (1 + decayRate · step / decaySteps). https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/ */
export function inverseTimeDecay(options: DecayOptions): Schedule {
  return schedule("inverseTimeDecay", options, DECAY, (step) => {
    return options.initialLearningRate / (1 + options.decayRate * periodsAt(step, options));
  });
}

function periodsAt(step: number, { decaySteps, staircase = false }: DecayOptions): number {
  return staircase ? Math.floor(step / decaySteps) : step / decaySteps;
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

const POLYNOMIAL_DECAY = {
  initialLearningRate: required(nonNegative),
  decaySteps: required(positive),
  endLearningRate: nonNegative,
  power: finite,
  cycle: truth,
};

/** From the initial to the end learning rate along a power. https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/ */
export function polynomialDecay(options: PolynomialDecayOptions): Schedule {
  return schedule("polynomialDecay", options, POLYNOMIAL_DECAY, (step) => {
    const { initialLearningRate, decaySteps, endLearningRate = 1e-4, power = 1, cycle = false } = options;
    const total = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const left = 1 - Math.min(step, total) / total;
    return (initialLearningRate - endLearningRate) * left ** power + endLearningRate;
  });
}
