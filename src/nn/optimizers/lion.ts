import { add, mul, sign, sub, type Tensor } from "@tensorflow/tfjs-core";
import { type OptionRules, share } from "../options";
import { type DescentInputs, Optimizer, type SlotSpec, zeroSlots } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";
import type { Update } from "./weightState";

export interface LionOptions extends OptimizerOptions {
  /** Greater than 0. Default 0.9. */
  beta1?: number | undefined;
  /** Default 0.99. */
  beta2?: number | undefined;
}

const RULES: OptionRules<LionOptions> = {
  ...OPTIMIZER_RULES,
  beta1: {
    expected: "a number greater than 0, up to 1 (0 would leave the momentum out)",
    accepts: (value) => share.accepts(value) && value !== 0,
  },
  beta2: share,
};

/** Steps of equal size in the direction of the momentum's sign. Chen et al. 2023, https://arxiv.org/abs/2302.06675 */
export class Lion extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;

  constructor(options: LionOptions = {}) {
    super("lion", options, RULES);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.99;
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum");
  }

  protected override descend({ value, gradient, slots, learningRate }: DescentInputs): Update {
    const { beta1, beta2 } = this;
    const [momentum] = slots as [Tensor];
    const direction = sign(add(mul(momentum, beta1), mul(gradient, 1 - beta1)));
    return {
      value: sub(value, mul(direction, learningRate)),
      slots: [add(mul(momentum, beta2), mul(gradient, 1 - beta2))],
    };
  }
}
