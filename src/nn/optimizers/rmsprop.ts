import { add, div, mul, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { nonNegative, type OptionRules, share, truth } from "../options";
import { type DescentInputs, Optimizer, type SlotSpec, zeroSlots } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";
import type { Update } from "./weightState";

export interface RMSpropOptions extends OptimizerOptions {
  /** How much of the average of squared gradients is kept at each step. Default 0.9. */
  rho?: number | undefined;
  /** Default 0. */
  momentum?: number | undefined;
  /** Keeps the division from overflowing. Default 1e-7. */
  epsilon?: number | undefined;
  /** Whether gradients are divided by their estimated variance rather than by their mean square. Default `false`. */
  centered?: boolean | undefined;
}

const RULES: OptionRules<RMSpropOptions> = {
  ...OPTIMIZER_RULES,
  rho: share,
  momentum: share,
  epsilon: nonNegative,
  centered: truth,
};

/**
 * Divides each gradient by the root of the average of its recent squares; learning rate 0.001 by default. Hinton 2012;
 * https://keras.io/api/optimizers/rmsprop/
 */
export class RMSprop extends Optimizer {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly centered: boolean;

  constructor(options: RMSpropOptions = {}) {
    super("rmsprop", options, RULES);
    this.rho = options.rho ?? 0.9;
    this.momentum = options.momentum ?? 0;
    this.epsilon = options.epsilon ?? 1e-7;
    this.centered = options.centered ?? false;
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    const names = ["velocity", ...(this.momentum > 0 ? ["momentum"] : []), ...(this.centered ? ["average_gradient"] : [])];
    return zeroSlots(weight, ...names);
  }

  protected override descend({ value, gradient, slots, learningRate }: DescentInputs): Update {
    const { rho, epsilon } = this;
    const [velocity, ...others] = slots as [Tensor, ...Tensor[]];
    const newVelocity = add(mul(velocity, rho), mul(square(gradient), 1 - rho));
    const newSlots = [newVelocity];
    const momentum = this.momentum > 0 ? others.shift() : undefined;
    const average = this.centered ? others.shift() : undefined;
    const newAverage = average === undefined ? undefined : add(mul(average, rho), mul(gradient, 1 - rho));
    const variance = newAverage === undefined ? newVelocity : sub(newVelocity, square(newAverage));
    let change: Tensor = div(mul(gradient, learningRate), sqrt(add(variance, epsilon)));
    if (momentum !== undefined) {
      change = add(mul(momentum, this.momentum), change);
      newSlots.push(change);
    }
    if (newAverage !== undefined) newSlots.push(newAverage);
    return { value: sub(value, change), slots: newSlots };
  }
}
