import { add, clipByValue, div, maximum, minimum, mul, sqrt, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { show } from "../arguments";
import { ModelError } from "../errors";
import type { Schedule } from "../schedules";

export interface OptimizerOptions {
  /** A number, or a schedule such as `schedules.cosineDecay({ … })`. */
  learningRate?: number | Schedule | undefined;
  /** The share of each weight, times the learning rate, that is taken away before each update. Default: none. */
  weightDecay?: number | undefined;
  /** Scales each gradient down to this norm. Default: not clipped. At most one of the three. */
  clipNorm?: number | undefined;
  /** Clips each gradient's values to ± this. */
  clipValue?: number | undefined;
  /** Scales all gradients down together, to this norm of all of them. */
  globalClipNorm?: number | undefined;
}

/** One tensor of an optimizer's memory for a weight. */
export interface SlotSpec {
  /** Keras's name: `momentum`, `velocity`, … */
  readonly name: string;
  readonly shape: readonly number[];
  /** The value of every element at the start; usually 0. */
  readonly initialValue: number;
}

export interface UpdateInputs {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  /** In the order of {@link Optimizer.slots}. */
  readonly slots: readonly Tensor[];
  /** A scalar: an input, so that a captured step follows schedules. */
  readonly learningRate: Tensor;
  /** A scalar float: the number of this update, from 1. */
  readonly iteration: Tensor;
}

export interface Update {
  readonly weight: Tensor;
  readonly slots: Tensor[];
}

/** Slots of the weight's shape that start at 0. */
export function zeroSlots(weight: { readonly shape: readonly number[] }, ...names: readonly string[]): SlotSpec[] {
  return names.map((name) => ({ name, shape: weight.shape, initialValue: 0 }));
}

/** How gradients change weights: pure functions of tensors. The trainer holds the state. */
export abstract class Optimizer {
  /** camelCase, e.g. `rmsprop`. */
  abstract readonly name: string;
  readonly learningRate: number | Schedule;
  readonly weightDecay: number | undefined;
  readonly clipNorm: number | undefined;
  readonly clipValue: number | undefined;
  readonly globalClipNorm: number | undefined;

  protected constructor(options: OptimizerOptions, defaultLearningRate: number) {
    this.learningRate = options.learningRate ?? defaultLearningRate;
    this.weightDecay = options.weightDecay;
    this.clipNorm = options.clipNorm;
    this.clipValue = options.clipValue;
    this.globalClipNorm = options.globalClipNorm;
    this.validate();
  }

  /** What is kept for a weight between updates. */
  abstract slots(weight: { readonly shape: readonly number[] }): readonly SlotSpec[];

  protected abstract step(inputs: UpdateInputs): Update;

  /** The weight and its slots after one update; constraints are the trainer's. */
  update(inputs: UpdateInputs): Update {
    if (this.weightDecay === undefined) return this.step(inputs);
    const decay = mul(inputs.learningRate, this.weightDecay);
    return this.step({ ...inputs, weight: sub(inputs.weight, mul(inputs.weight, decay)) });
  }

  /** The gradients as {@link update} wants them, all of one step: the options' clipping, else as they are. */
  clip(gradients: readonly Tensor[]): Tensor[] {
    const { clipNorm, clipValue, globalClipNorm } = this;
    if (clipNorm !== undefined) return gradients.map((gradient) => clipByNorm(gradient, clipNorm));
    if (clipValue !== undefined) return gradients.map((gradient) => clipByValue(gradient, -clipValue, clipValue));
    if (globalClipNorm !== undefined) return clipByGlobalNorm(gradients, globalClipNorm);
    return [...gradients];
  }

  /** The learning rate of a step, counted from 0 over the whole training. */
  learningRateAt(step: number): number {
    return typeof this.learningRate === "number" ? this.learningRate : this.learningRate.learningRateAt(step);
  }

  /** A number from 0 to 1. @throws ModelError */
  protected requireShare(option: string, value: number): number {
    if (typeof value === "number" && value >= 0 && value <= 1) return value;
    throw new ModelError("invalid-argument", `${option} takes a number from 0 to 1; received ${show(value)}.`);
  }

  private validate(): void {
    const { learningRate, clipNorm, clipValue, globalClipNorm, weightDecay } = this;
    const isRate =
      typeof learningRate === "number" ? Number.isFinite(learningRate) && learningRate >= 0 : isSchedule(learningRate);
    if (!isRate) {
      throw new ModelError(
        "invalid-argument",
        `learningRate takes a number of 0 or more, or a schedule such as schedules.cosineDecay({ … }); received ${show(learningRate)}.`,
      );
    }
    const clips = Object.entries({ clipNorm, clipValue, globalClipNorm }).filter(([, value]) => value !== undefined);
    if (clips.length > 1) {
      throw new ModelError(
        "invalid-argument",
        `Only one of clipNorm, clipValue and globalClipNorm can be set; received ${clips.map(([name]) => name).join(" and ")}.`,
      );
    }
    for (const [name, value] of [...clips, ["weightDecay", weightDecay] as const]) {
      if (value !== undefined && !(typeof value === "number" && value >= 0)) {
        throw new ModelError("invalid-argument", `${name} takes a number of 0 or more; received ${show(value)}.`);
      }
    }
  }
}

/** Scales a gradient down to a norm; one that is smaller stays. */
export function clipByNorm(gradient: Tensor, norm: number): Tensor {
  const length = sqrt(sum(square(gradient)));
  return mul(gradient, div(norm, maximum(length, norm)));
}

/** Scales gradients down by one factor, so that the norm of all of them is at most `norm`. */
export function clipByGlobalNorm(gradients: readonly Tensor[], norm: number): Tensor[] {
  const [first, ...others] = gradients.map((gradient) => sum(square(gradient)));
  if (first === undefined) return [];
  const length = sqrt(others.reduce((total, other) => add(total, other), first));
  const factor = minimum(div(norm, maximum(length, 1e-38)), 1);
  return gradients.map((gradient) => mul(gradient, factor));
}

function isSchedule(value: unknown): value is Schedule {
  return typeof value === "object" && value !== null && typeof (value as Partial<Schedule>).learningRateAt === "function";
}
