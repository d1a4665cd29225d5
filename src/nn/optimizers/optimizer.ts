import { clipByValue, mul, sub, type Tensor } from "@tensorflow/tfjs-core";
import { ModelError } from "../errors";
import { type OptionRules, requireOptions } from "../options";
import type { Schedule } from "../schedules";
import { accumulating, updateOfStep } from "./accumulation";
import { averaging } from "./averaging";
import { clipByGlobalNorm, clipByNorm } from "./clipping";
import type { OptimizerOptions } from "./options";
import type { Apply, StepInputs, Update, UpdateInputs, WeightState } from "./weightState";

/** One tensor of an optimizer's memory for a weight. */
export interface SlotSpec {
  /** Keras's name: `momentum`, `velocity`, … */
  readonly name: string;
  readonly shape: readonly number[];
  /** The value of every element at the start; usually 0. */
  readonly initialValue: number;
}

/** A weight for which there is a gradient. */
export interface DescentInputs {
  readonly value: Tensor;
  readonly gradient: Tensor;
  /** In the order of `ownSlots`. */
  readonly slots: readonly Tensor[];
  /** A scalar. */
  readonly learningRate: Tensor;
  /** What `factors` made. */
  readonly factors: readonly Tensor[];
}

/** Slots of the weight's shape that start at 0. */
export function zeroSlots({ shape }: { readonly shape: readonly number[] }, ...names: readonly string[]): SlotSpec[] {
  return names.map((name) => ({ name, shape, initialValue: 0 }));
}

/** How gradients change weights: pure functions of tensors. The trainer holds the state. Definitions and defaults are Keras 3's. */
export abstract class Optimizer {
  readonly learningRate: number | Schedule;
  readonly weightDecay: number | undefined;
  readonly excludeFromWeightDecay: readonly string[];
  readonly clipNorm: number | undefined;
  readonly clipValue: number | undefined;
  readonly globalClipNorm: number | undefined;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | undefined;
  readonly gradientAccumulationSteps: number | undefined;

  /**
   * @param name camelCase, e.g. `rmsprop`.
   * @param rules of all the options that the optimizer takes.
   * @param defaults where they are not a rate of 0.001 and no decay.
   * @throws ModelError for an option that does not exist, or that its rule does not accept.
   */
  protected constructor(
    readonly name: string,
    options: OptimizerOptions,
    rules: OptionRules<OptimizerOptions>,
    defaults: Pick<OptimizerOptions, "learningRate" | "weightDecay"> = {},
  ) {
    requireOptions(`optimizers.${name}`, options, rules);
    this.learningRate = options.learningRate ?? defaults.learningRate ?? 0.001;
    this.weightDecay = options.weightDecay ?? defaults.weightDecay;
    this.excludeFromWeightDecay = options.excludeFromWeightDecay ?? [];
    this.clipNorm = options.clipNorm;
    this.clipValue = options.clipValue;
    this.globalClipNorm = options.globalClipNorm;
    this.useEma = options.useEma ?? false;
    this.emaMomentum = options.emaMomentum ?? 0.99;
    this.emaOverwriteFrequency = options.emaOverwriteFrequency;
    this.gradientAccumulationSteps = options.gradientAccumulationSteps;
    this.requireOneClipping();
  }

  /** What is kept for a weight between steps, in Keras's order. */
  slots(weight: { readonly shape: readonly number[] }): readonly SlotSpec[] {
    return [
      ...(this.useEma ? zeroSlots(weight, "average") : []),
      ...(this.gradientAccumulationSteps === undefined ? [] : zeroSlots(weight, "gradient_accumulator")),
      ...this.ownSlots(weight),
    ];
  }

  /** The weights and their slots after one step; constraints are the trainer's. */
  apply(weights: readonly WeightState[], inputs: StepInputs): Update[] {
    const { useEma, emaMomentum: momentum, emaOverwriteFrequency: overwriteFrequency, gradientAccumulationSteps: steps } = this;
    let apply: Apply = (states, updateInputs) => this.update(states, updateInputs);
    if (steps !== undefined) apply = accumulating(steps, apply);
    if (useEma) apply = averaging({ momentum, overwriteFrequency }, apply);
    return apply(weights, { ...inputs, update: updateOfStep(inputs.iteration, steps) });
  }

  /** What a weight becomes when the training has ended: its moving average, where one is kept. */
  finalValue({ value, slots: [average] }: Update): Tensor {
    return this.useEma && average !== undefined ? average : value;
  }

  /** The gradients of one update: the options' clipping, else as they are. */
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

  /** What the descent itself keeps for a weight. */
  protected abstract ownSlots(weight: { readonly shape: readonly number[] }): readonly SlotSpec[];

  /** One weight's descent along its gradient. */
  protected abstract descend(inputs: DescentInputs): Update;

  /** Scalars that the descents of all weights share, so that they are computed once. */
  protected factors(_inputs: UpdateInputs): readonly Tensor[] {
    return [];
  }

  private update(weights: readonly WeightState[], inputs: UpdateInputs): Update[] {
    const { learningRate, clip = (gradients: readonly Tensor[]) => this.clip(gradients) } = inputs;
    const clipped = [...clip(weights.flatMap(({ gradient }): Tensor[] => (gradient === undefined ? [] : [gradient])))];
    const factors = this.factors(inputs);
    return weights.map((weight) => {
      const gradient = weight.gradient && clipped.shift();
      if (gradient === undefined) return weight;
      return this.descend({ value: this.decay(weight, learningRate), gradient, slots: weight.slots, learningRate, factors });
    });
  }

  private decay({ path, value }: WeightState, learningRate: Tensor): Tensor {
    const { weightDecay, excludeFromWeightDecay } = this;
    if (weightDecay === undefined || excludeFromWeightDecay.some((word) => path.includes(word))) return value;
    return sub(value, mul(value, mul(learningRate, weightDecay)));
  }

  private requireOneClipping(): void {
    const { clipNorm, clipValue, globalClipNorm } = this;
    const given = Object.entries({ clipNorm, clipValue, globalClipNorm }).flatMap(([name, value]) =>
      value === undefined ? [] : name,
    );
    if (given.length <= 1) return;
    throw new ModelError(
      "invalid-argument",
      `optimizers.${this.name} takes one of clipNorm, clipValue and globalClipNorm; received ${given.join(" and ")}. Leave out all but one.`,
    );
  }
}
