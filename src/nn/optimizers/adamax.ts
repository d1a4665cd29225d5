import { abs, add, div, maximum, mul, pow, sub, type Tensor } from "@tensorflow/tfjs-core";
import { MomentOptimizer, type MomentOptions } from "./moments";
import { type DescentInputs, type SlotSpec, zeroSlots } from "./optimizer";
import type { Update, UpdateInputs } from "./weightState";

/** Adam with the infinity norm in place of the squares. Kingma & Ba 2014, section 7, https://arxiv.org/abs/1412.6980 */
export class Adamax extends MomentOptimizer {
  constructor(options: MomentOptions = {}) {
    super("adamax", options);
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum", "norm");
  }

  protected override factors({ learningRate, update }: UpdateInputs): Tensor[] {
    return [div(learningRate, sub(1, pow(this.beta1, update)))];
  }

  protected override descend({ value, gradient, slots, factors }: DescentInputs): Update {
    const { beta1, beta2, epsilon } = this;
    const [rate] = factors as [Tensor];
    const [momentum, norm] = slots as [Tensor, Tensor];
    const newMomentum = add(momentum, mul(sub(gradient, momentum), 1 - beta1));
    const newNorm = maximum(mul(norm, beta2), abs(gradient));
    return { value: sub(value, div(mul(newMomentum, rate), add(newNorm, epsilon))), slots: [newMomentum, newNorm] };
  }
}
