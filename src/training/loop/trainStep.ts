import { dispose, engine, keep, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import { withPrecision } from "../../engine";
import { logitsOf, newPass, type RandomStream, type Weight } from "../../nn";
import type { Batch } from "../data";
import { LossScale } from "./lossScale";
import type { Forward, Program } from "./program";
import type { TrainState } from "./trainState";

/** What differs from step to step. */
export interface StepInputs {
  readonly batch: Batch;
  /** A scalar. */
  readonly learningRate: Tensor;
  /** A scalar: the number of this step over the whole training, from 1. */
  readonly iteration: Tensor;
  readonly random: RandomStream;
}

export interface StepResult {
  readonly state: TrainState;
  /** The epoch's running measures after this step, in the order of the measures' names. */
  readonly report: Tensor;
}

/**
 * One training step as a pure function: nothing is read back and nothing is changed, so that a step can be captured. The model's weights
 * must hold the state's values.
 */
export function trainStep(
  program: Program,
  state: TrainState,
  { batch, learningRate, iteration, random }: StepInputs,
): StepResult {
  const lossScale = LossScale.of(state.lossScale);
  const differentiated = differentiate(program, batch, random, lossScale);
  const { forward, updates, release } = differentiated;
  const gradients = lossScale?.divide(differentiated.gradients) ?? differentiated.gradients;
  const totals = program.measures.add(state.totals, { ...forward, labels: batch.y });
  const weights = program.trainable.map((weight, index) => ({
    path: weight.path,
    // A layer may replace a weight before it is used, as spectral normalization does; the gradient is taken there.
    value: updates.get(weight)?.clone() ?? (state.trainable[index] as Tensor),
    gradient: gradients[index],
    slots: state.slots[index] ?? [],
  }));
  const updated = program.optimizer.apply(weights, {
    learningRate,
    iteration: lossScale?.countApplied(iteration) ?? iteration,
    clip: (clipped) => program.clip(clipped),
  });
  const trainable = updated.map(({ value }, index) => {
    const constraint = gradients[index] === undefined ? undefined : program.trainable[index]?.spec.constraint;
    return constraint?.project(value) ?? value;
  });
  const slots = updated.map((update) => update.slots);
  const nonTrainable = program.nonTrainable.map(
    (weight, index) => updates.get(weight)?.clone() ?? (state.nonTrainable[index] as Tensor),
  );
  release();
  const next: TrainState = { trainable, nonTrainable, slots, lossScale: [], totals };
  const scaled = lossScale && lossScale.skipUnlessFinite(differentiated.gradients, next, state);
  return { state: scaled ?? next, report: program.measures.report(totals) };
}

interface Differentiated {
  readonly forward: Forward;
  /** Of the scaled loss by each trainable weight; `undefined` where the loss does not depend on it. */
  readonly gradients: readonly (Tensor | undefined)[];
  readonly updates: ReadonlyMap<Weight, Tensor>;
  /** Disposes what the forward pass left. */
  readonly release: () => void;
}

function differentiate(program: Program, batch: Batch, random: RandomStream, lossScale: LossScale | undefined): Differentiated {
  const { context, record } = newPass({ training: true, random });
  const kept: Tensor[] = [];
  let forward: Forward | undefined;
  const { grads } = withPrecision(program.plan.precision, () =>
    engine().gradients(
      () => {
        forward = program.forward(batch, context, record);
        // The tape's scope ends with this function; metrics and updates need these after it.
        for (const output of forward.outputs) kept.push(output, ...rememberedLogits(output));
        kept.push(forward.loss, ...forward.outputLosses, ...record.updates.values());
        kept.forEach((tensor) => keep(tensor));
        return (lossScale?.multiply(forward.loss) ?? forward.loss) as Scalar;
      },
      [...program.trainable],
      undefined,
      true,
    ),
  );
  if (forward === undefined) throw new Error("The forward pass did not run.");
  return {
    forward,
    gradients: grads,
    updates: record.updates,
    release: () => dispose(kept.filter((tensor) => !batch.x.includes(tensor))),
  };
}

/** A metric may take a cross-entropy from the logits behind the output. */
function rememberedLogits(output: Tensor): Tensor[] {
  const remembered = logitsOf(output);
  return remembered === undefined ? [] : [remembered.logits];
}
