import { dispose, fill, type Tensor } from "@tensorflow/tfjs-core";
import { LossScale } from "./lossScale";
import type { Program } from "./program";

/** Everything that one step hands to the next, as tensors in the order of the program's weights. */
export interface TrainState {
  readonly trainable: readonly Tensor[];
  readonly nonTrainable: readonly Tensor[];
  /** The optimizer's memory for each trainable weight. */
  readonly slots: readonly (readonly Tensor[])[];
  /** See {@link LossScale}; empty where losses are not scaled. */
  readonly lossScale: readonly Tensor[];
  /** What the measures have summed up in this epoch. */
  readonly totals: readonly Tensor[];
}

/** The state before the first step. The model's weights have been initialized; their values are the model's, all else is the caller's. */
export function initialState(program: Program): TrainState {
  return {
    trainable: program.trainable.map((weight) => weight.value),
    nonTrainable: program.nonTrainable.map((weight) => weight.value),
    slots: program.trainable.map((weight) =>
      program.optimizer.slots(weight.spec).map(({ shape, initialValue }) => fill([...shape], initialValue)),
    ),
    lossScale: LossScale.initialState(program.plan.precision),
    totals: program.measures.initial(),
  };
}

/** A state as one list: see {@link restoreState}. */
export function flattenState({ trainable, nonTrainable, slots, lossScale, totals }: TrainState): Tensor[] {
  return [...trainable, ...nonTrainable, ...slots.flat(), ...lossScale, ...totals];
}

/** The state that {@link flattenState} made a list of. */
export function restoreState(program: Program, list: readonly Tensor[]): TrainState {
  const rest = [...list];
  const take = (count: number): Tensor[] => rest.splice(0, count);
  return {
    trainable: take(program.trainable.length),
    nonTrainable: take(program.nonTrainable.length),
    slots: program.trainable.map(({ spec }) => take(program.optimizer.slots(spec).length)),
    lossScale: take(LossScale.stateNames(program.plan.precision).length),
    totals: rest,
  };
}

export function disposeState(state: TrainState): void {
  dispose(flattenState(state));
}
