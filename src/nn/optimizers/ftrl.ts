import { add, clipByValue, div, mul, pow, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { nonNegative, type OptionRule, type OptionRules } from "../options";
import { type DescentInputs, Optimizer, type SlotSpec, zeroSlots } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";
import type { Update } from "./weightState";

export interface FtrlOptions extends OptimizerOptions {
  /** At most 0; 0 keeps the learning rate as it is. Default −0.5. */
  learningRatePower?: number | undefined;
  /** Default 0.1. */
  initialAccumulatorValue?: number | undefined;
  /** Default 0. */
  l1RegularizationStrength?: number | undefined;
  /** Default 0. */
  l2RegularizationStrength?: number | undefined;
  /** Shrinks where the gradient is not 0. Default 0. */
  l2ShrinkageRegularizationStrength?: number | undefined;
  /** Default 0. */
  beta?: number | undefined;
}

const power: OptionRule = {
  expected: "a number of 0 or less",
  accepts: (value) => typeof value === "number" && Number.isFinite(value) && value <= 0,
};

const RULES: OptionRules<FtrlOptions> = {
  ...OPTIMIZER_RULES,
  learningRatePower: power,
  initialAccumulatorValue: nonNegative,
  l1RegularizationStrength: nonNegative,
  l2RegularizationStrength: nonNegative,
  l2ShrinkageRegularizationStrength: nonNegative,
  beta: nonNegative,
};

/**
 * "Follow the regularized leader", for large sparse models. McMahan et al. 2013,
 * https://research.google.com/pubs/archive/41159.pdf; https://keras.io/api/optimizers/ftrl/
 */
export class Ftrl extends Optimizer {
  readonly learningRatePower: number;
  readonly initialAccumulatorValue: number;
  readonly l1RegularizationStrength: number;
  readonly l2RegularizationStrength: number;
  readonly l2ShrinkageRegularizationStrength: number;
  readonly beta: number;

  constructor(options: FtrlOptions = {}) {
    super("ftrl", options, RULES);
    this.learningRatePower = options.learningRatePower ?? -0.5;
    this.initialAccumulatorValue = options.initialAccumulatorValue ?? 0.1;
    this.l1RegularizationStrength = options.l1RegularizationStrength ?? 0;
    this.l2RegularizationStrength = options.l2RegularizationStrength ?? 0;
    this.l2ShrinkageRegularizationStrength = options.l2ShrinkageRegularizationStrength ?? 0;
    this.beta = options.beta ?? 0;
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return [
      { name: "accumulator", shape: weight.shape, initialValue: this.initialAccumulatorValue },
      ...zeroSlots(weight, "linear"),
    ];
  }

  protected override descend({ value, gradient, slots, learningRate }: DescentInputs): Update {
    const { learningRatePower, l1RegularizationStrength: l1, l2RegularizationStrength: l2, beta } = this;
    const [accumulator, linear] = slots as [Tensor, Tensor];
    const shrinking = add(gradient, mul(value, 2 * this.l2ShrinkageRegularizationStrength));
    const newAccumulator = add(accumulator, square(gradient));
    const [before, after] = [pow(accumulator, -learningRatePower), pow(newAccumulator, -learningRatePower)];
    const newLinear = add(linear, sub(shrinking, mul(div(sub(after, before), learningRate), value)));
    const quadratic = add(div(after, learningRate), add(div(beta, learningRate), 2 * l2));
    return {
      value: div(sub(clipByValue(newLinear, -l1, l1), newLinear), quadratic),
      slots: [newAccumulator, newLinear],
    };
  }
}
