import { add, div, mul, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { nonNegative, type OptionRules } from "../options";
import { type DescentInputs, Optimizer, type SlotSpec } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";
import type { Update } from "./weightState";

export interface AdagradOptions extends OptimizerOptions {
  /** Default 0.1. */
  initialAccumulatorValue?: number | undefined;
  /** Default 1e-7. */
  epsilon?: number | undefined;
}

const RULES: OptionRules<AdagradOptions> = {
  ...OPTIMIZER_RULES,
  initialAccumulatorValue: nonNegative,
  epsilon: nonNegative,
};

/** Divides by the root of the sum of all squared gradients so far. Duchi et al. 2011, https://jmlr.org/papers/v12/duchi11a.html */
export class Adagrad extends Optimizer {
  readonly initialAccumulatorValue: number;
  readonly epsilon: number;

  constructor(options: AdagradOptions = {}) {
    super("adagrad", options, RULES);
    this.initialAccumulatorValue = options.initialAccumulatorValue ?? 0.1;
    this.epsilon = options.epsilon ?? 1e-7;
  }

  protected override ownSlots({ shape }: { readonly shape: readonly number[] }): SlotSpec[] {
    return [{ name: "accumulator", shape, initialValue: this.initialAccumulatorValue }];
  }

  protected override descend({ value, gradient, slots, learningRate }: DescentInputs): Update {
    const [accumulator] = slots as [Tensor];
    const sum = add(accumulator, square(gradient));
    return { value: sub(value, div(mul(gradient, learningRate), sqrt(add(sum, this.epsilon)))), slots: [sum] };
  }
}
