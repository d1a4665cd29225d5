import { nonNegative, positive, required } from "../options";
import { rateOrSchedule, schedule, type Schedule } from "./schedule";

export interface LinearWarmupOptions {
  warmupSteps: number;
  /** The learning rate after the warm-up: a number, or a schedule whose step 0 is the first after the warm-up. */
  warmupTarget: number | Schedule;
  /** Default 0. */
  initialLearningRate?: number | undefined;
}

const LINEAR_WARMUP = {
  warmupSteps: required(positive),
  warmupTarget: required(rateOrSchedule),
  initialLearningRate: nonNegative,
};

/** A straight line up to the learning rate that is meant. Goyal et al. 2017, section 2.2, https://arxiv.org/abs/1706.02677 */
export function linearWarmup(options: LinearWarmupOptions): Schedule {
  return schedule("linearWarmup", options, LINEAR_WARMUP, (step) => {
    const { warmupSteps, warmupTarget, initialLearningRate = 0 } = options;
    const after = (elapsed: number): number =>
      typeof warmupTarget === "number" ? warmupTarget : warmupTarget.learningRateAt(elapsed);
    if (step >= warmupSteps) return after(step - warmupSteps);
    return initialLearningRate + ((after(0) - initialLearningRate) * step) / warmupSteps;
  });
}
