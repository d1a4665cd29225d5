import { nonNegative, type OptionRules, share } from "../options";
import { Optimizer } from "./optimizer";
import { OPTIMIZER_RULES, type OptimizerOptions } from "./options";

export interface MomentOptions extends OptimizerOptions {
  /** How much of the average of gradients is kept at each step. Default 0.9. */
  beta1?: number | undefined;
  /** How much of the average of squared gradients is kept at each step. Default 0.999. */
  beta2?: number | undefined;
  /** Keeps the division from overflowing. Default 1e-7. */
  epsilon?: number | undefined;
}

export const MOMENT_RULES: OptionRules<MomentOptions> = {
  ...OPTIMIZER_RULES,
  beta1: share,
  beta2: share,
  epsilon: nonNegative,
};

/** An optimizer that keeps averages of gradients and of their size: learning rate 0.001 by default. */
export abstract class MomentOptimizer extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  protected constructor(
    name: string,
    options: MomentOptions,
    rules: OptionRules<MomentOptions> = MOMENT_RULES,
    defaults: Pick<OptimizerOptions, "weightDecay"> = {},
  ) {
    super(name, options, rules, defaults);
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-7;
  }
}
