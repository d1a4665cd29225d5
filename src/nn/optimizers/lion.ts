import { add, mul, sign, sub, type Tensor } from "@tensorflow/tfjs-core";
import { Optimizer, type OptimizerOptions, type SlotSpec, type Update, type UpdateInputs, zeroSlots } from "./optimizer";

export interface LionOptions extends OptimizerOptions {
  /** Default 0.9. */
  beta1?: number | undefined;
  /** Default 0.99. */
  beta2?: number | undefined;
}

/** Steps of equal size in the direction of the momentum's sign. Chen et al. 2023, https://arxiv.org/abs/2302.06675 */
export class Lion extends Optimizer {
  readonly name = "lion";
  readonly beta1: number;
  readonly beta2: number;

  constructor(options: LionOptions = {}) {
    super(options, 0.001);
    this.beta1 = this.requireShare("beta1", options.beta1 ?? 0.9);
    this.beta2 = this.requireShare("beta2", options.beta2 ?? 0.99);
  }

  override slots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum");
  }

  protected override step({ weight, gradient, slots, learningRate }: UpdateInputs): Update {
    const { beta1, beta2 } = this;
    const [momentum] = slots as [Tensor];
    const direction = sign(add(mul(momentum, beta1), mul(gradient, 1 - beta1)));
    return {
      weight: sub(weight, mul(direction, learningRate)),
      slots: [add(mul(momentum, beta2), mul(gradient, 1 - beta2))],
    };
  }
}
