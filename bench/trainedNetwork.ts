import { DataTensors, alignWithModel, readData } from "../src/training/data";
import { fit } from "../src/training/loop/fit";
import { initializeWeights } from "../src/training/loop/initialize";
import type { JitChoice, JitChoices } from "../src/training/loop/jit/jitChoices";
import { LearningRate } from "../src/training/loop/learningRate";
import { Program } from "../src/training/loop/program";
import type { Execution } from "../src/training/loop/stepRunner";
import { TrainingSteps } from "../src/training/loop/trainingSteps";
import { WORKLOADS } from "./workloads";

const SEED = 42;
/** Any run this long is worth compiling for. */
const PLANNED_STEPS = 1e6;
/** What makes steps fast has been found by then; milliseconds. */
const WARM_UP_LIMIT = 60_000;
const WARM_UP = 500;

/** How steps are run; `"auto"` as a run does it that is asked nothing. */
export type BenchedExecution = Execution | "auto";

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
    private readonly choices: NewChoices | undefined,
  ) {}

  static async make(workload: string, execution: BenchedExecution): Promise<TrainedNetwork> {
    const makePlan = WORKLOADS[workload];
    if (!makePlan) throw new Error(`There is no workload "${workload}"; expected one of ${Object.keys(WORKLOADS).join(", ")}.`);
    const plan = makePlan();
    const { signal } = new AbortController();
    const parts = await readData(plan.options.data, { folder: ".", signal, note: () => undefined });
    const data = await DataTensors.from(alignWithModel(parts, plan), plan, signal);
    const program = new Program(plan);
    initializeWeights(plan.model, { seed: SEED, training: data.training });
    const choices = execution === "auto" ? new NewChoices() : undefined;
    const steps = new TrainingSteps(program, data.training, {
      seed: SEED,
      execution: execution === "auto" ? "captured" : execution,
      jit: choices && { choices, plannedSteps: PLANNED_STEPS },
      describeError: String,
    });
    return new TrainedNetwork(program, data, steps, choices);
  }

  /** What `"auto"` chose; `undefined` where nothing was to be chosen. */
  get choice(): Execution | undefined {
    return this.choices && (this.steps.compiledAfter === undefined ? "captured" : "compiled");
  }

  /**
   * Makes the first steps, which capture, compile and choose.
   *
   * @throws Error where the steps cannot be run as they should.
   */
  async warmUp(): Promise<void> {
    this.steps.prepare();
    const begin = performance.now();
    do await this.train(WARM_UP);
    while (this.choices?.made === false && performance.now() - begin < WARM_UP_LIMIT);
    const obstacle = this.steps.whyEager ?? (this.choices === undefined ? this.steps.whyUncompiled : undefined);
    if (obstacle !== undefined) throw new Error(obstacle);
    if (this.choices?.made === false) throw new Error(`Nothing was chosen within ${WARM_UP_LIMIT / 1000} s.`);
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

/** Choices of a machine that remembers none. */
class NewChoices implements JitChoices {
  made = false;

  get(): undefined {
    return undefined;
  }

  set(_stepName: string, { kind }: JitChoice): void {
    this.made ||= kind !== "undecided";
  }
}
