import { dispose, fill, keep, type Tensor } from "@tensorflow/tfjs-core";
import type { Program } from "./program";

/** Everything that one step hands to the next, as tensors in the order of the program's weights. */
export interface TrainState {
  readonly trainable: readonly Tensor[];
  readonly nonTrainable: readonly Tensor[];
  /** The optimizer's memory for each trainable weight. */
  readonly slots: readonly (readonly Tensor[])[];
  /** What the measures have summed up in this epoch. */
  readonly totals: readonly Tensor[];
}

/** The state before the first step; the model's weights have been initialized. */
export function initialState(program: Program): TrainState {
  return {
    trainable: program.trainable.map((weight) => weight.value),
    nonTrainable: program.nonTrainable.map((weight) => weight.value),
    slots: program.trainable.map((weight) =>
      program.optimizer.slots(weight.spec).map(({ shape, initialValue }) => keep(fill([...shape], initialValue))),
    ),
    totals: program.measures.initial().map((tensor) => keep(tensor)),
  };
}

/** A state as one list: see {@link restoreState}. */
export function flattenState({ trainable, nonTrainable, slots, totals }: TrainState): Tensor[] {
  return [...trainable, ...nonTrainable, ...slots.flat(), ...totals];
}

/** The state that {@link flattenState} made a list of. */
export function restoreState(program: Program, list: readonly Tensor[]): TrainState {
  const rest = [...list];
  const take = (count: number): Tensor[] => rest.splice(0, count);
  return {
    trainable: take(program.trainable.length),
    nonTrainable: take(program.nonTrainable.length),
    slots: program.trainable.map(({ spec }) => take(program.optimizer.slots(spec).length)),
    totals: rest,
  };
}

/** Puts a new state in an old one's place: the model's weights take its values, and what is no longer needed is disposed. */
export function replaceState(program: Program, old: TrainState, next: TrainState): void {
  program.trainable.forEach((weight, index) => weight.assign(next.trainable[index] as Tensor));
  program.nonTrainable.forEach((weight, index) => weight.assign(next.nonTrainable[index] as Tensor));
  const kept = new Set([...next.slots.flat(), ...next.totals].map((tensor) => keep(tensor)));
  dispose([...old.slots.flat(), ...old.totals].filter((tensor) => !kept.has(tensor)));
}

/** The same state with the measures at their beginning: a new epoch. */
export function withFreshTotals(program: Program, state: TrainState): TrainState {
  dispose([...state.totals]);
  return { ...state, totals: program.measures.initial().map((tensor) => keep(tensor)) };
}

/** Disposes all but the weights' values, which the model owns. */
export function disposeState(state: TrainState): void {
  dispose([...state.slots.flat(), ...state.totals]);
}
