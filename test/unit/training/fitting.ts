import { tensor } from "@tensorflow/tfjs-core";
import type { Plan } from "../../../src/dsl/plan";
import type { EpochEvent, StepRecord } from "../../../src/protocol";
import type { EpochCallback } from "../../../src/training/callbacks";
import { alignWithModel, DataTensors, readData } from "../../../src/training/data";
import { Evaluation } from "../../../src/training/loop/evaluation";
import { fit } from "../../../src/training/loop/fit";
import { initializeWeights } from "../../../src/training/loop/initialize";
import { LearningRate } from "../../../src/training/loop/learningRate";
import { Program } from "../../../src/training/loop/program";
import { TrainingSteps } from "../../../src/training/loop/trainingSteps";

export interface Fitted {
  readonly epochs: readonly EpochEvent[];
  readonly steps: readonly StepRecord[];
  readonly nonFinite: StepRecord | undefined;
  readonly program: Program;
  readonly data: DataTensors;
}

interface FittingOptions {
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly callbacks?: readonly EpochCallback[];
  readonly learningRate?: LearningRate;
  readonly onEpoch?: (event: EpochEvent) => void;
  /** Changes the weights before the first step. */
  readonly prepare?: (program: Program) => void;
}

export async function loadPlan(plan: Plan, notes: string[] = []): Promise<DataTensors> {
  const { signal } = new AbortController();
  const parts = await readData(plan.options.data, {
    folder: process.cwd(),
    signal,
    note: (text) => notes.push(text),
  });
  return DataTensors.from(alignWithModel(parts, plan), plan, signal);
}

/** Trains a plan in this process, on whatever backend is set. */
export async function fitPlan(plan: Plan, options: FittingOptions = {}): Promise<Fitted> {
  const { seed = plan.options.seed ?? 1, signal = new AbortController().signal, callbacks = [], prepare, onEpoch } = options;
  const data = await loadPlan(plan);
  const program = new Program(plan);
  initializeWeights(plan.model, { seed, training: data.training });
  prepare?.(program);
  const epochs: EpochEvent[] = [];
  const steps: StepRecord[] = [];
  let nonFinite: StepRecord | undefined;
  const execution = "captured";
  const trainingSteps = new TrainingSteps(program, data.training, { seed, execution, describeError: String });
  const validation = data.validation && new Evaluation(program, data.validation, execution);
  await fit(program, data, {
    steps: trainingSteps,
    validation,
    epochs: plan.epochs,
    seed,
    signal,
    callbacks,
    learningRate: options.learningRate ?? new LearningRate(plan.optimizer),
    terminateOnNaN: false,
    onSteps: (records) => void steps.push(...records),
    onEpoch: (event) => {
      epochs.push(event);
      onEpoch?.(event);
    },
    onNonFinite: (record) => (nonFinite = record),
  });
  trainingSteps.dispose();
  validation?.dispose();
  return { epochs, steps, nonFinite, program, data };
}

/** `sin(phase + 1.7 k)`: the values of the golden scripts. */
export function wave(shape: readonly number[], phase: number): { values: Float32Array; shape: readonly number[] } {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return { values: Float32Array.from({ length: size }, (_, index) => Math.sin(phase + 1.7 * index)), shape };
}

/** Gives the trainable weights, sorted by their paths, the values that the golden script gives them. */
export function fixWeights({ trainable }: Program): void {
  const sorted = [...trainable].sort((a, b) => (a.path < b.path ? -1 : 1));
  sorted.forEach((weight, index) => {
    const { values, shape } = wave(weight.spec.shape, index);
    weight.assign(
      tensor(
        values.map((value) => 0.5 * value),
        [...shape],
      ),
    );
  });
}
