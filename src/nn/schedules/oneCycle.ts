import { oneOf, positive, required, share, truth, wholeNumberFrom } from "../options";
import { schedule, type Schedule } from "./schedule";

export interface OneCycleOptions {
  /** The greatest learning rate. */
  maxLearningRate: number;
  /** The steps of the cycle: epochs times batches. Afterwards the last rate stays. */
  totalSteps: number;
  /** The share of the cycle in which the rate grows. Default 0.3. */
  pctStart?: number | undefined;
  /** The way from one rate to the next. Default `"cosine"`. */
  annealStrategy?: "cosine" | "linear" | undefined;
  /** The cycle starts at maxLearningRate / divFactor. Default 25. */
  divFactor?: number | undefined;
  /** It ends at that rate / finalDivFactor. Default 10,000. */
  finalDivFactor?: number | undefined;
  /** Whether the rate first falls to where it started, in as many steps as it grew, and then to its end. Default `false`. */
  threePhase?: boolean | undefined;
}

const ONE_CYCLE = {
  maxLearningRate: required(positive),
  totalSteps: required(wholeNumberFrom(2)),
  pctStart: share,
  annealStrategy: oneOf("cosine", "linear"),
  divFactor: positive,
  finalDivFactor: positive,
  threePhase: truth,
};

interface Phase {
  readonly lastStep: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Up to a great learning rate and down to a tiny one, once. Smith & Topin 2017, https://arxiv.org/abs/1708.07120; the definition is that
 * of PyTorch's OneCycleLR, https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  return schedule("oneCycle", options, ONE_CYCLE, (step) => {
    const { totalSteps, annealStrategy = "cosine" } = options;
    const phases = phasesOf(options);
    const now = Math.min(step, totalSteps - 1);
    const index = phases.findIndex(({ lastStep }) => now <= lastStep);
    const { from, to, lastStep } = phases.at(index) as Phase;
    const firstStep = index > 0 ? (phases[index - 1] as Phase).lastStep : 0;
    const share = lastStep > firstStep ? (now - firstStep) / (lastStep - firstStep) : 1;
    return annealStrategy === "linear" ? from + (to - from) * share : to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));
  });
}

function phasesOf(options: OneCycleOptions): Phase[] {
  const { maxLearningRate: max, totalSteps, pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4, threePhase = false } = options;
  const initial = max / divFactor;
  const final = initial / finalDivFactor;
  const up = { lastStep: pctStart * totalSteps - 1, from: initial, to: max };
  if (!threePhase) return [up, { lastStep: totalSteps - 1, from: max, to: final }];
  return [
    up,
    { lastStep: 2 * pctStart * totalSteps - 2, from: max, to: initial },
    { lastStep: totalSteps - 1, from: initial, to: final },
  ];
}
