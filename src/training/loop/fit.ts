import { dispose, scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { EpochEvent, StepRecord } from "../../protocol";
import { encodeFloat } from "../../protocol";
import type { EpochCallback } from "../callbacks";
import type { DataTensors } from "../data";
import { epochOrder } from "./epochOrder";
import type { Evaluation } from "./evaluation";
import { LearningRate } from "./learningRate";
import { joinLogs, metricValues } from "./logs";
import { Pace } from "./pace";
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
  private readonly reports: StepReports;
  private readonly pace = new Pace();
  private rate: { value: number; tensor: Tensor } | undefined;
  private toldNonFinite = false;

  constructor(
    private readonly program: Program,
    private readonly data: DataTensors,
    private readonly options: FitOptions,
  ) {
    this.reports = new StepReports(program.measures.names, options.onSteps);
  }

  async run(): Promise<"finished" | "early-stopping"> {
    const { epochs, callbacks } = this.options;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      for (const callback of callbacks) callback.onEpochBegin?.(epoch);
      const logs = await this.epoch(epoch);
      for (const callback of callbacks) await callback.onEpochEnd?.(epoch, logs);
      if (callbacks.some(({ wantsStop }) => wantsStop === true)) {
        this.options.steps.finalize();
        return "early-stopping";
      }
    }
    this.options.steps.finalize();
    return "finished";
  }

  dispose(): void {
    this.reports.dispose();
    this.rate?.tensor.dispose();
  }

  private async epoch(epoch: number): Promise<ReadonlyMap<string, number>> {
    const { program, data, options, reports } = this;
    const { batchSize, shuffle } = program.plan;
    const begin = performance.now();
    const order = epochOrder(data.training.count, { shuffle, seed: options.seed, epoch });
    options.steps.startEpoch();
    reports.restart();
    const steps = Math.ceil(order.length / batchSize);
    for (let step = 1; step <= steps; step++) {
      await options.steps.ready();
      this.step(order.subarray((step - 1) * batchSize, step * batchSize));
      if (reports.isDue || step === steps || options.terminateOnNaN) this.flush(epoch, step);
      await this.pace.giveWay(options.signal);
    }
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
      seconds: (performance.now() - begin) / 1000,
    });
    return logs;
  }

  private step(indices: Int32Array): void {
    const { steps, learningRate } = this.options;
    const rate = this.learningRate(learningRate.at(steps.iteration));
    this.reports.add(steps.run(indices, rate));
  }

  /** The learning rate as a tensor, made anew only where it changes. */
  private learningRate(value: number): Tensor {
    if (this.rate?.value !== value) {
      if (this.rate !== undefined) dispose(this.rate.tensor);
      this.rate = { value, tensor: scalar(value) };
    }
    return this.rate.tensor;
  }

  private flush(epoch: number, step: number): void {
    const nonFinite = this.reports.flush(epoch, step);
    if (nonFinite === undefined || this.toldNonFinite) return;
    this.toldNonFinite = true;
    this.options.onNonFinite(nonFinite);
  }
}
