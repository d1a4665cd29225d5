import { add, all, div, equal, isFinite, mul, scalar, stack, sub, type Tensor, where, zerosLike } from "@tensorflow/tfjs-core";
import type { Precision } from "../../dsl/plan";
import type { TrainState } from "./trainState";

const INITIAL_SCALE = 2 ** 15;
/** Finite steps after which the scale is doubled. */
const GROWTH_STEPS = 2000;

/** The names of a loss scale's state, as Keras has them; it counts the steps that were skipped besides. */
const STATE_NAMES = ["dynamic_scale", "step_counter", "skipped_steps"] as const;

/**
 * Dynamic loss scaling for float16, whose smallest numbers are so large that gradients would vanish: the loss is multiplied by a scale
 * before it is differentiated, the gradients are divided by it. A step whose gradients are not finite is skipped and halves the scale;
 * 2000 finite steps in a row double it (Keras 3's `LossScaleOptimizer`).
 */
export class LossScale {
  private constructor(
    private readonly scale: Tensor,
    private readonly finiteSteps: Tensor,
    private readonly skippedSteps: Tensor,
  ) {}

  /** The names of the state's tensors; none where a precision needs no scaling. */
  static stateNames(precision: Precision): readonly string[] {
    return precision === "mixedFloat16" ? STATE_NAMES : [];
  }

  /** The state before the first step: scalars. */
  static initialState(precision: Precision): Tensor[] {
    return precision === "mixedFloat16" ? [scalar(INITIAL_SCALE), scalar(0), scalar(0)] : [];
  }

  /** @returns `undefined` where there is no scaling. */
  static of(state: readonly Tensor[]): LossScale | undefined {
    const [scale, finiteSteps, skippedSteps] = state;
    if (scale === undefined || finiteSteps === undefined || skippedSteps === undefined) return undefined;
    return new LossScale(scale, finiteSteps, skippedSteps);
  }

  multiply(loss: Tensor): Tensor {
    return mul(loss, this.scale);
  }

  /** Gradients of the loss, from those of the scaled one. */
  divide(gradients: readonly (Tensor | undefined)[]): (Tensor | undefined)[] {
    return gradients.map((gradient) => gradient && div<Tensor>(gradient, this.scale));
  }

  /** The optimizer's count of steps, which leaves out those that were skipped. */
  countApplied(iteration: Tensor): Tensor {
    return sub(iteration, this.skippedSteps);
  }

  /** What a step made where its scaled gradients are finite, else what was there before; the measures go on either way. */
  skipUnlessFinite(scaledGradients: readonly (Tensor | undefined)[], made: TrainState, before: TrainState): TrainState {
    const finite = areFinite(scaledGradients);
    const choose = (next: readonly Tensor[], old: readonly Tensor[]): Tensor[] =>
      next.map((tensor, index) => where(finite, tensor, old[index] ?? tensor));
    return {
      ...made,
      trainable: choose(made.trainable, before.trainable),
      slots: made.slots.map((slots, index) => choose(slots, before.slots[index] ?? [])),
      lossScale: this.next(finite),
    };
  }

  private next(finite: Tensor): Tensor[] {
    const { scale, finiteSteps, skippedSteps } = this;
    const grows = equal(finiteSteps, GROWTH_STEPS - 1);
    const none = zerosLike(finiteSteps);
    return [
      where(finite, where(grows, mul<Tensor>(scale, 2), scale), mul<Tensor>(scale, 0.5)),
      where(finite, where(grows, none, add<Tensor>(finiteSteps, 1)), none),
      where(finite, skippedSteps, add<Tensor>(skippedSteps, 1)),
    ];
  }
}

/** Whether all values are finite: a truth value. */
function areFinite(tensors: readonly (Tensor | undefined)[]): Tensor {
  return all(stack(tensors.flatMap((tensor) => (tensor === undefined ? [] : [all(isFinite(tensor))]))));
}
