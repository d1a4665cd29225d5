import { dispose, scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { EpochEvent, StepRecord } from "../../protocol";
import { decodeFloat, encodeFloat } from "../../protocol";
import type { EpochCallback } from "../callbacks";
import type { DataTensors } from "../data";
import { epochOrder } from "./epochOrder";
import type { Evaluation } from "./evaluation";
import { LearningRate } from "./learningRate";
import { joinLogs, type Logs, metricValues } from "./logs";
import { Pace } from "./pace";
import { type Checkpoints, type Position, START } from "./position";
import type { Program } from "./program";
import { StepReports } from "./stepReports";
import type { TrainingSteps } from "./trainingSteps";

export interface FitOptions {
  readonly steps: TrainingSteps;
  /** On the validation data, where there are any. */
  readonly validation: Evaluation | undefined;
  readonly epochs: number;
  readonly seed: number;
  /** Ends the training after the step under way. */
  readonly signal: AbortSignal;
  readonly learningRate: LearningRate;
  readonly callbacks: readonly EpochCallback[];
  /** Reads the loss after every step and ends the training at the first that is not finite. */
  readonly terminateOnNaN: boolean;
  /** Where a resumed training goes on; the steps and the callbacks have their state back. Default: at the start. */
  readonly from?: Position | undefined;
  readonly checkpoints?: Checkpoints | undefined;
  readonly onSteps: (records: readonly StepRecord[]) => void;
  readonly onEpoch: (event: EpochEvent) => void | Promise<void>;
  /** The first loss that is not finite; told once. */
  readonly onNonFinite: (record: StepRecord) => void;
}

/**
 * Trains a program whose weights have been initialized.
 *
 * @returns Whether it ran to its end or a callback ended it.
 * @throws the signal's reason when aborted: the weights are those after the last step.
 */
export async function fit(program: Program, data: DataTensors, options: FitOptions): Promise<"finished" | "early-stopping"> {
  const training = new Fit(program, data, options);
  try {
    return await training.run();
  } finally {
    training.dispose();
  }
}

class Fit {
  /** The epoch under way, from 1, and how many of its steps are made. */
  private epoch: number;
  private step: number;
  private begin = performance.now();
  private readonly reports: StepReports;
  private readonly pace = new Pace();
  private rate: { value: number; tensor: Tensor } | undefined;
  private toldNonFinite: boolean;

  constructor(
    private readonly program: Program,
    private readonly data: DataTensors,
    private readonly options: FitOptions,
  ) {
    this.reports = new StepReports(program.measures.names, options.onSteps);
    const { epoch, step, measures, seconds, toldNonFinite } = options.from ?? START;
    this.epoch = epoch;
    this.step = step;
    this.begin -= 1000 * seconds;
    this.toldNonFinite = toldNonFinite;
    this.reports.restore(measures.map(decodeFloat));
  }

  async run(): Promise<"finished" | "early-stopping"> {
    const { signal } = this.options;
    try {
      return await this.train();
    } catch (error) {
      if (signal.aborted && error === signal.reason) this.checkpoint("stop");
      throw error;
    }
  }

  dispose(): void {
    this.reports.dispose();
    this.rate?.tensor.dispose();
  }

  private async train(): Promise<"finished" | "early-stopping"> {
    const { epochs, callbacks, steps } = this.options;
    const isOver = (): boolean => callbacks.some(({ wantsStop }) => wantsStop === true);
    while (this.epoch <= epochs) {
      // A run that was resumed may have ended with the epoch before.
      if (this.step === 0 && isOver()) break;
      if (this.step === 0) this.beginEpoch();
      await this.makeSteps();
      const logs = await this.endEpoch();
      for (const callback of callbacks) await callback.onEpochEnd?.(this.epoch, logs);
      this.epoch++;
      this.step = 0;
      this.checkpoint("epoch");
    }
    steps.finalize();
    return isOver() ? "early-stopping" : "finished";
  }

  private beginEpoch(): void {
    const { callbacks, steps } = this.options;
    this.begin = performance.now();
    for (const callback of callbacks) callback.onEpochBegin?.(this.epoch);
    steps.startEpoch();
  }

  /** The steps of the epoch that are not made yet. */
  private async makeSteps(): Promise<void> {
    const { program, data, options, reports, epoch } = this;
    const { batchSize, shuffle } = program.plan;
    const order = epochOrder(data.training.count, { shuffle, seed: options.seed, epoch });
    const steps = Math.ceil(order.length / batchSize);
    reports.restart();
    const batch = (step: number): Int32Array => order.subarray(step * batchSize, (step + 1) * batchSize);
    while (this.step < steps) {
      await options.steps.ready();
      if (data.training.isStreamed) this.makeStepAhead(batch(this.step), batch(this.step + 1));
      else this.makeStep(batch(this.step));
      this.step++;
      if (reports.isDue || this.step === steps || options.terminateOnNaN) this.flush();
      this.checkpoint("step");
      await this.pace.giveWay(options.signal);
    }
  }

  /** Validates and tells what the epoch came to. */
  private async endEpoch(): Promise<Logs> {
    const { options, reports, epoch } = this;
    const validation = await options.validation?.run(options.signal);
    const logs = joinLogs(reports.latest, validation);
    const names = [...logs.keys()];
    await options.onEpoch({
      event: "epoch",
      epoch,
      loss: encodeFloat(logs.get("loss") ?? Number.NaN),
      valLoss: validation === undefined ? null : encodeFloat(logs.get("valLoss") ?? Number.NaN),
      metrics: metricValues(names, [...logs.values()]),
      learningRate: encodeFloat(options.learningRate.at(options.steps.iteration - 1)),
      seconds: this.seconds,
    });
    return logs;
  }

  private makeStep(indices: Int32Array): void {
    const { steps } = this.options;
    this.reports.add(steps.run(indices, this.nextLearningRate()));
  }

  private makeStepAhead(indices: Int32Array, next: Int32Array): void {
    const { steps } = this.options;
    this.reports.add(steps.runAhead(indices, this.nextLearningRate(), next.length === 0 ? undefined : next));
  }

  private nextLearningRate(): Tensor {
    const { steps, learningRate } = this.options;
    return this.learningRate(learningRate.at(steps.iteration));
  }

  /** What a resumed training does not make again has been told. */
  private checkpoint(at: "step" | "epoch" | "stop"): void {
    const { checkpoints } = this.options;
    if (checkpoints?.isDue(at) !== true) return;
    this.flush();
    const { epoch, step, reports, seconds, toldNonFinite } = this;
    checkpoints.save({ epoch, step, measures: reports.lastValues.map(encodeFloat), seconds, toldNonFinite });
  }

  private get seconds(): number {
    return (performance.now() - this.begin) / 1000;
  }

  /** The learning rate as a tensor, made anew only where it changes. */
  private learningRate(value: number): Tensor {
    if (this.rate?.value !== value) {
      if (this.rate !== undefined) dispose(this.rate.tensor);
      this.rate = { value, tensor: scalar(value) };
    }
    return this.rate.tensor;
  }

  private flush(): void {
    const nonFinite = this.reports.flush(this.epoch, this.step);
    if (nonFinite === undefined || this.toldNonFinite) return;
    this.toldNonFinite = true;
    this.options.onNonFinite(nonFinite);
  }
}
