import { add, mul, sub } from "@tensorflow/tfjs-core";
import { type OptionRules, share, truth } from "../options";
import { type DescentInputs, Optimizer, type SlotSpec, zeroSlots } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";
import type { Update } from "./weightState";

export interface SGDOptions extends OptimizerOptions {
  /** How much of the last update is repeated: 0 ≤ momentum ≤ 1. Default 0. */
  momentum?: number | undefined;
  /** Whether the gradient counts as taken after the momentum's step. Default `false`. */
  nesterov?: boolean | undefined;
}

const RULES: OptionRules<SGDOptions> = { ...OPTIMIZER_RULES, momentum: share, nesterov: truth };

/** Stochastic gradient descent; learning rate 0.01 by default. https://keras.io/api/optimizers/sgd/ */
export class SGD extends Optimizer {
  readonly momentum: number;
  readonly nesterov: boolean;

  constructor(options: SGDOptions = {}) {
    super("sgd", options, RULES, { learningRate: 0.01 });
    this.momentum = options.momentum ?? 0;
    this.nesterov = options.nesterov ?? false;
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return this.momentum === 0 ? [] : zeroSlots(weight, "momentum");
  }

  protected override descend({ value, gradient, slots, learningRate }: DescentInputs): Update {
    const [momentum] = slots;
    const descent = mul(gradient, learningRate);
    if (momentum === undefined) return { value: sub(value, descent), slots: [] };
    const velocity = sub(mul(momentum, this.momentum), descent);
    const change = this.nesterov ? sub(mul(velocity, this.momentum), descent) : velocity;
    return { value: add(value, change), slots: [velocity] };
  }
}
