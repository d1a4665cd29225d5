import { add, mul, sub } from "@tensorflow/tfjs-core";
import { Optimizer, type OptimizerOptions, type SlotSpec, type Update, type UpdateInputs, zeroSlots } from "./optimizer";

export interface SGDOptions extends OptimizerOptions {
  /** How much of the last update is repeated: 0 ≤ momentum ≤ 1. Default 0. */
  momentum?: number | undefined;
  /** Whether the gradient counts as taken after the momentum's step. Default `false`. */
  nesterov?: boolean | undefined;
}

/** Stochastic gradient descent; learning rate 0.01 by default. https://keras.io/api/optimizers/sgd/ */
export class SGD extends Optimizer {
  readonly name = "sgd";
  readonly momentum: number;
  readonly nesterov: boolean;

  constructor(options: SGDOptions = {}) {
    super(options, 0.01);
    this.momentum = this.requireShare("momentum", options.momentum ?? 0);
    this.nesterov = options.nesterov ?? false;
  }

  override slots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return this.momentum === 0 ? [] : zeroSlots(weight, "momentum");
  }

  protected override step({ weight, gradient, slots, learningRate }: UpdateInputs): Update {
    const [momentum] = slots;
    const descent = mul(gradient, learningRate);
    if (momentum === undefined) return { weight: sub(weight, descent), slots: [] };
    const velocity = sub(mul(momentum, this.momentum), descent);
    const change = this.nesterov ? sub(mul(velocity, this.momentum), descent) : velocity;
    return { weight: add(weight, change), slots: [velocity] };
  }
}
