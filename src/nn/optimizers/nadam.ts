import { add, cast, div, gather, minimum, mul, pow, sqrt, square, sub, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { MomentOptimizer, type MomentOptions } from "./moments";
import { type DescentInputs, type SlotSpec, zeroSlots } from "./optimizer";
import type { Update, UpdateInputs } from "./weightState";

/** The momentum of update t is beta1 · (1 − ½ · 0.96ᵗ). */
const GROWTH = 0.96;
/** From here on a factor 1 − ½ · 0.96ᵗ is 1 in 32 bits. */
const GROWN = 450;

/** Π (1 − ½ · 0.96ⁱ) for i from 1 to t, for each t from 0: Keras carries this product along as a variable, here the update's number looks it up. */
const PRODUCTS = Array.from({ length: GROWN }).reduce<number[]>(
  (products, _, index) => [...products, (products[index] ?? 1) * (1 - 0.5 * GROWTH ** (index + 1))],
  [1],
);

/** Adam with Nesterov's momentum. Dozat 2016, http://cs229.stanford.edu/proj2015/054_report.pdf; https://keras.io/api/optimizers/nadam/ */
export class Nadam extends MomentOptimizer {
  constructor(options: MomentOptions = {}) {
    super("nadam", options);
  }

  protected override ownSlots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "momentum", "velocity");
  }

  protected override factors({ learningRate, update }: UpdateInputs): Tensor[] {
    const { beta1, beta2 } = this;
    const momentumOf = (number: Tensor): Tensor => mul(sub(1, mul(pow(GROWTH, number), 0.5)), beta1);
    const [momentum, next] = [momentumOf(update), momentumOf(add(update, 1))];
    const grown = gather(tensor1d(PRODUCTS), cast(minimum(update, GROWN), "int32"));
    const product = mul(pow(beta1, update), grown);
    return [
      div(mul(learningRate, next), sub(1, mul(product, next))),
      div(mul(learningRate, sub(1, momentum)), sub(1, product)),
      sub(1, pow(beta2, update)),
    ];
  }

  protected override descend({ value, gradient, slots, factors }: DescentInputs): Update {
    const { beta1, beta2, epsilon } = this;
    const [momentumRate, gradientRate, correction] = factors as [Tensor, Tensor, Tensor];
    const [momentum, velocity] = slots as [Tensor, Tensor];
    const newMomentum = add(momentum, mul(sub(gradient, momentum), 1 - beta1));
    const newVelocity = add(velocity, mul(sub(square(gradient), velocity), 1 - beta2));
    const ahead = add(mul(newMomentum, momentumRate), mul(gradient, gradientRate));
    const change = div(ahead, add(sqrt(div(newVelocity, correction)), epsilon));
    return { value: sub(value, change), slots: [newMomentum, newVelocity] };
  }
}
