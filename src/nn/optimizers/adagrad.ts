import { add, div, mul, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { Optimizer, type OptimizerOptions, type SlotSpec, type Update, type UpdateInputs, zeroSlots } from "./optimizer";

export interface AdagradOptions extends OptimizerOptions {
  /** Default 0.1. */
  initialAccumulatorValue?: number | undefined;
  /** Default 1e-7. */
  epsilon?: number | undefined;
}

/** Divides by the root of the sum of all squared gradients so far. Duchi et al. 2011, https://jmlr.org/papers/v12/duchi11a.html */
export class Adagrad extends Optimizer {
  readonly name = "adagrad";
  readonly initialAccumulatorValue: number;
  readonly epsilon: number;

  constructor(options: AdagradOptions = {}) {
    super(options, 0.001);
    this.initialAccumulatorValue = options.initialAccumulatorValue ?? 0.1;
    this.epsilon = options.epsilon ?? 1e-7;
  }

  override slots({ shape }: { readonly shape: readonly number[] }): SlotSpec[] {
    return [{ name: "accumulator", shape, initialValue: this.initialAccumulatorValue }];
  }

  protected override step({ weight, gradient, slots, learningRate }: UpdateInputs): Update {
    const [accumulator] = slots as [Tensor];
    const sum = add(accumulator, square(gradient));
    return { weight: sub(weight, div(mul(gradient, learningRate), sqrt(add(sum, this.epsilon)))), slots: [sum] };
  }
}

export interface AdadeltaOptions extends OptimizerOptions {
  /** Default 0.95. */
  rho?: number | undefined;
  /** Default 1e-7. */
  epsilon?: number | undefined;
}

/** Steps in the ratio of the averages of recent changes and gradients. Zeiler 2012, https://arxiv.org/abs/1212.5701 */
export class Adadelta extends Optimizer {
  readonly name = "adadelta";
  readonly rho: number;
  readonly epsilon: number;

  constructor(options: AdadeltaOptions = {}) {
    super(options, 0.001);
    this.rho = this.requireShare("rho", options.rho ?? 0.95);
    this.epsilon = options.epsilon ?? 1e-7;
  }

  override slots(weight: { readonly shape: readonly number[] }): SlotSpec[] {
    return zeroSlots(weight, "accumulated_grad", "accumulated_delta_var");
  }

  protected override step({ weight, gradient, slots, learningRate }: UpdateInputs): Update {
    const { rho, epsilon } = this;
    const [gradients, changes] = slots as [Tensor, Tensor];
    const newGradients = add(mul(gradients, rho), mul(square(gradient), 1 - rho));
    const change = mul(div(sqrt(add(changes, epsilon)), sqrt(add(newGradients, epsilon))), gradient);
    const newChanges = add(mul(changes, rho), mul(square(change), 1 - rho));
    return { weight: sub(weight, mul(change, learningRate)), slots: [newGradients, newChanges] };
  }
}
