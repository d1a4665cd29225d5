import { DataTensors, alignWithModel, readData } from "../src/training/data";
import { fit } from "../src/training/loop/fit";
import { initializeWeights } from "../src/training/loop/initialize";
import { LearningRate } from "../src/training/loop/learningRate";
import { Program } from "../src/training/loop/program";
import type { Execution } from "../src/training/loop/stepRunner";
import { TrainingSteps } from "../src/training/loop/trainingSteps";
import { WORKLOADS } from "./workloads";

const SEED = 42;
/** Why a training ends that would go on for ever. */
class RoundOver extends Error {}

export interface Round {
  readonly steps: number;
  readonly milliseconds: number;
}

/** A workload's network, trained by the loop that trains a run. */
export class TrainedNetwork {
  private constructor(
    private readonly program: Program,
    private readonly data: DataTensors,
    private readonly steps: TrainingSteps,
  ) {}

  static async make(workload: string, execution: Execution): Promise<TrainedNetwork> {
    const makePlan = WORKLOADS[workload];
    if (!makePlan) throw new Error(`There is no workload "${workload}"; expected one of ${Object.keys(WORKLOADS).join(", ")}.`);
    const plan = makePlan();
    const { signal } = new AbortController();
    const parts = await readData(plan.options.data, { folder: ".", signal, note: () => undefined });
    const data = await DataTensors.from(alignWithModel(parts, plan), plan, signal);
    const program = new Program(plan);
    initializeWeights(plan.model, { seed: SEED, training: data.training });
    const steps = new TrainingSteps(program, data.training, { seed: SEED, execution, describeError: String });
    return new TrainedNetwork(program, data, steps);
  }

  /** Why the steps run operation by operation, where they should not. */
  get whyEager(): string | undefined {
    return this.steps.whyEager;
  }

  /** Trains until so many milliseconds are over, and counts the steps whose reports have been read. */
  async train(milliseconds: number): Promise<Round> {
    const over = new AbortController();
    const begin = performance.now();
    let steps = 0;
    const training = fit(this.program, this.data, {
      steps: this.steps,
      validation: undefined,
      epochs: Infinity,
      seed: SEED,
      signal: over.signal,
      learningRate: new LearningRate(this.program.optimizer),
      callbacks: [],
      terminateOnNaN: false,
      onSteps: (records) => {
        steps += records.length;
        if (performance.now() - begin >= milliseconds) over.abort(new RoundOver());
      },
      onEpoch: () => undefined,
      onNonFinite: () => undefined,
    });
    await training.catch((error: unknown) => {
      if (!(error instanceof RoundOver)) throw error;
    });
    return { steps, milliseconds: performance.now() - begin };
  }

  dispose(): void {
    this.steps.dispose();
    this.program.dispose();
    this.data.dispose();
    for (const weight of this.program.plan.model.weights) weight.release();
  }
}
