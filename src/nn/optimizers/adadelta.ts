import { add, div, mul, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { nonNegative, type OptionRules, share } from "../options";
import { type DescentInputs, Optimizer, type SlotSpec, zeroSlots } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";
import type { Update } from "./weightState";

export interface AdadeltaOptions extends OptimizerOptions {
  /** Default 0.95. */
  rho?: number | undefined;
  /** Default 1e-7. */
  epsilon?: number | undefined;
}

const RULES: OptionRules<AdadeltaOptions> = { ...OPTIMIZER_RULES, rho: share, epsilon: nonNegative };

/** Steps in the ratio of the averages of recent changes and gradients. Zeiler 2012, https://arxiv.org/abs/1212.5701 */
export class Adadelta extends Optimizer {
  readonly rho: number;
  readonly epsilon: number;

  constructor(options: AdadeltaOptions = {}) {
    super("adadelta", options, RULES);
    this.rho = options.rho ?? 0.95;
    this.epsilon = options.epsilon ?? 1e-7;
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "accumulated_grad", "accumulated_delta_var");
  }

  protected override descend({ value, gradient, slots, learningRate }: DescentInputs): Update {
    const { rho, epsilon } = this;
    const [gradients, changes] = slots as [Tensor, Tensor];
    const newGradients = add(mul(gradients, rho), mul(square(gradient), 1 - rho));
    const change = mul(div(sqrt(add(changes, epsilon)), sqrt(add(newGradients, epsilon))), gradient);
    const newChanges = add(mul(changes, rho), mul(square(change), 1 - rho));
    return { value: sub(value, mul(change, learningRate)), slots: [newGradients, newChanges] };
  }
}
