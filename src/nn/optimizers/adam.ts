import { abs, add, div, maximum, mul, pow, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { Optimizer, type OptimizerOptions, type SlotSpec, type Update, type UpdateInputs, zeroSlots } from "./optimizer";

export interface AdamOptions extends OptimizerOptions {
  /** How much of the average of gradients is kept at each step. Default 0.9. */
  beta1?: number | undefined;
  /** How much of the average of squared gradients is kept at each step. Default 0.999. */
  beta2?: number | undefined;
  /** Keeps the division from overflowing. Default 1e-7. */
  epsilon?: number | undefined;
}

export interface AMSGradOptions extends AdamOptions {
  /** Whether the largest average of squares so far divides (Reddi et al. 2018). Default `false`. */
  amsgrad?: boolean | undefined;
}

abstract class MomentOptimizer extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  constructor(options: AdamOptions) {
    super(options, 0.001);
    this.beta1 = this.requireShare("beta1", options.beta1 ?? 0.9);
    this.beta2 = this.requireShare("beta2", options.beta2 ?? 0.999);
    this.epsilon = options.epsilon ?? 1e-7;
  }
}

/** Averages of gradients and of their squares, corrected for their start at 0. Kingma & Ba 2014, https://arxiv.org/abs/1412.6980 */
export class Adam extends MomentOptimizer {
  readonly name: string = "adam";
  readonly amsgrad: boolean;

  constructor(options: AMSGradOptions = {}) {
    super(options);
    this.amsgrad = options.amsgrad ?? false;
  }

  override slots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum", "velocity", ...(this.amsgrad ? ["velocity_hat"] : []));
  }

  protected override step({ weight, gradient, slots, learningRate, iteration }: UpdateInputs): Update {
    const { beta1, beta2, epsilon } = this;
    const [momentum, velocity, greatest] = slots as [Tensor, Tensor, Tensor | undefined];
    const rate = div(mul(learningRate, sqrt(sub(1, pow(beta2, iteration)))), sub(1, pow(beta1, iteration)));
    const newMomentum = add(momentum, mul(sub(gradient, momentum), 1 - beta1));
    const newVelocity = add(velocity, mul(sub(square(gradient), velocity), 1 - beta2));
    const newGreatest = greatest === undefined ? undefined : maximum(greatest, newVelocity);
    const change = div(mul(newMomentum, rate), add(sqrt(newGreatest ?? newVelocity), epsilon));
    return {
      weight: sub(weight, change),
      slots: newGreatest === undefined ? [newMomentum, newVelocity] : [newMomentum, newVelocity, newGreatest],
    };
  }
}

/** Adam with decoupled weight decay, 0.004 by default. Loshchilov & Hutter 2017, https://arxiv.org/abs/1711.05101 */
export class AdamW extends Adam {
  override readonly name = "adamW";

  constructor(options: AMSGradOptions = {}) {
    super({ ...options, weightDecay: options.weightDecay ?? 0.004 });
  }
}

/** Adam with the infinity norm in place of the squares. Kingma & Ba 2014, section 7, https://arxiv.org/abs/1412.6980 */
export class Adamax extends MomentOptimizer {
  readonly name = "adamax";

  constructor(options: AdamOptions = {}) {
    super(options);
  }

  override slots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum", "norm");
  }

  protected override step({ weight, gradient, slots, learningRate, iteration }: UpdateInputs): Update {
    const { beta1, beta2, epsilon } = this;
    const [momentum, norm] = slots as [Tensor, Tensor];
    const newMomentum = add(momentum, mul(sub(gradient, momentum), 1 - beta1));
    const newNorm = maximum(mul(norm, beta2), abs(gradient));
    const change = div(mul(newMomentum, learningRate), mul(sub(1, pow(beta1, iteration)), add(newNorm, epsilon)));
    return { weight: sub(weight, change), slots: [newMomentum, newNorm] };
  }
}
