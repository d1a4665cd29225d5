import * as z from "zod/mini";
import type { Weight } from "../../nn";
import { Float, RunFile } from "../../protocol";
import { messageOf, TrainingError } from "../errors";
import { JitChoice } from "../loop/jit/jitChoices";
import { LossScale } from "../loop/lossScale";
import { Position } from "../loop/position";
import type { Program } from "../loop/program";
import { scope, scopeOfValues } from "../loop/scope";
import type { TrainingSteps } from "../loop/trainingSteps";
import { flattenState, restoreState } from "../loop/trainState";
import { encodeSafetensors, readSafetensors, type SavedTensor } from "./safetensors";
import { namedWeights, readTensor, tensorsByName, uniqueNames } from "./weights";

/** What a checkpoint holds besides tensors. It stands in the file's header, so that the two are always of the same step. */
const CheckpointState = z.object({
  version: z.literal(1),
  position: Position,
  /** Steps made over the whole training. */
  iteration: z.number(),
  /** The learning rate that a callback has set. */
  learningRate: z.nullable(Float),
  best: RunFile.shape.best,
  /** Whether and when XLA's code took over, where that is left to a measurement. */
  jit: z.nullable(JitChoice),
  /** In the plan's order. */
  callbacks: z.array(z.unknown()),
});
export type CheckpointState = z.infer<typeof CheckpointState>;

export interface Checkpoint {
  readonly state: CheckpointState;
  readonly tensors: readonly SavedTensor[];
}

/** The header's field, beside which others may have theirs. */
const FIELD = "layerwise";

export function encodeCheckpoint({ state, tensors }: Checkpoint): Uint8Array {
  return encodeSafetensors(tensors, { [FIELD]: JSON.stringify(state) });
}

/** @throws TrainingError where the file is not one that {@link encodeCheckpoint} made. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = await readSafetensors(path);
  try {
    return { tensors, state: CheckpointState.parse(JSON.parse(metadata[FIELD] ?? "null")) };
  } catch (error) {
    throw new TrainingError(`${path} is no checkpoint that this version of Layerwise can resume: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** All that one step hands to the next: weights, optimizer's slots, loss scale, measures' totals. */
export function readStepState(program: Program, steps: TrainingSteps): SavedTensor[] {
  const names = stateNames(program);
  return scopeOfValues(() => {
    const state = flattenState(steps.readState());
    if (state.length !== names.length) throw new Error(`A step's state has ${state.length} tensors; ${names.length} have names.`);
    return state.map((value, index) => readTensor(names[index] ?? "", value));
  });
}

/** Puts back what {@link readStepState} gave. */
export function writeStepState(program: Program, steps: TrainingSteps, saved: readonly SavedTensor[]): void {
  const byName = tensorsByName(saved);
  scope(() => {
    steps.writeState(restoreState(program, stateNames(program).map(byName)));
  });
}

/** The tensors' names in the order of the state: weights by path; slots as Keras names them, `adam/dense_kernel_momentum`. */
function stateNames(program: Program): string[] {
  const { optimizer, measures } = program;
  const paths = new Map(namedWeights(program.model).map(([name, weight]) => [weight, name]));
  const pathOf = (weight: Weight): string => paths.get(weight) ?? weight.path;
  const slots = program.trainable.flatMap((weight) =>
    optimizer.slots(weight.spec).map(({ name }) => `${optimizer.name}/${pathOf(weight).replaceAll("/", "_")}_${name}`),
  );
  const lossScale = LossScale.stateNames(program.plan.precision).map((name) => `loss_scale_optimizer/${name}`);
  const totals = scope(() => measures.initial().map((_, index) => `measures/${index}`));
  return uniqueNames([...[...program.trainable, ...program.nonTrainable].map(pathOf), ...slots, ...lossScale, ...totals]);
}
