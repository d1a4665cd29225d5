import { add, div, maximum, mul, pow, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { type OptionRules, truth } from "../options";
import { MOMENT_RULES, MomentOptimizer, type MomentOptions } from "./moments";
import { type DescentInputs, type SlotSpec, zeroSlots } from "./optimizer";
import type { Update, UpdateInputs } from "./weightState";

export interface AdamOptions extends MomentOptions {
  /** Whether the largest average of squares so far divides (Reddi et al. 2018). Default `false`. */
  amsgrad?: boolean | undefined;
}

const RULES: OptionRules<AdamOptions> = { ...MOMENT_RULES, amsgrad: truth };

/** Averages of gradients and of their squares, corrected for their start at 0. Kingma & Ba 2014, https://arxiv.org/abs/1412.6980 */
export class Adam extends MomentOptimizer {
  readonly amsgrad: boolean;

  constructor(options: AdamOptions = {}, name = "adam", defaults: Pick<AdamOptions, "weightDecay"> = {}) {
    super(name, options, RULES, defaults);
    this.amsgrad = options.amsgrad ?? false;
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum", "velocity", ...(this.amsgrad ? ["velocity_hat"] : []));
  }

  protected override factors({ learningRate, update }: UpdateInputs): Tensor[] {
    return [div(mul(learningRate, sqrt(sub(1, pow(this.beta2, update)))), sub(1, pow(this.beta1, update)))];
  }

  protected override descend({ value, gradient, slots, factors }: DescentInputs): Update {
    const { beta1, beta2, epsilon } = this;
    const [rate] = factors as [Tensor];
    const [momentum, velocity, greatest] = slots as [Tensor, Tensor, Tensor | undefined];
    const newMomentum = add(momentum, mul(sub(gradient, momentum), 1 - beta1));
    const newVelocity = add(velocity, mul(sub(square(gradient), velocity), 1 - beta2));
    const newGreatest = greatest === undefined ? undefined : maximum(greatest, newVelocity);
    const change = div(mul(newMomentum, rate), add(sqrt(newGreatest ?? newVelocity), epsilon));
    return {
      value: sub(value, change),
      slots: newGreatest === undefined ? [newMomentum, newVelocity] : [newMomentum, newVelocity, newGreatest],
    };
  }
}

/** Adam with decoupled weight decay, 0.004 by default. Loshchilov & Hutter 2017, https://arxiv.org/abs/1711.05101 */
export class AdamW extends Adam {
  constructor(options: AdamOptions = {}) {
    super(options, "adamW", { weightDecay: 0.004 });
  }
}
