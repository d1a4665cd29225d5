import {
  type Declarations,
  declarations,
  type Loss,
  type LossLike,
  measuring,
  type Metric,
  type MetricLike,
  type Model,
  type Optimizer,
  type OptimizerLike,
  resolveLoss,
  resolveMetric,
} from "../nn";
import type { Callback } from "./callbacks";
import type { DataSet } from "./data";

export type { LossFunction, LossLike, MetricLike, OptimizerLike } from "../nn";

export interface PlanOptions {
  /** What is learned from, e.g. `fashionMnist().split({ validation: 5000 })`. */
  data: DataSet;
  /** A name such as `"adam"`, or an object such as `optimizers.adam({ learningRate: 1e-4 })`. */
  optimizer: OptimizerLike;
  /** One loss, or one by output name. */
  loss: LossLike | Readonly<Record<string, LossLike>>;
  /** What is reported besides the loss: a list, or one by output name. */
  metrics?: readonly MetricLike[] | Readonly<Record<string, readonly MetricLike[]>> | undefined;
  /** By output name. Default 1. */
  lossWeights?: Readonly<Record<string, number>> | undefined;
  /** Default 32. */
  batchSize?: number | undefined;
  /** Default 1. */
  epochs?: number | undefined;
  /** Whether each epoch draws a new order. Default `true`. */
  shuffle?: boolean | undefined;
  /** Equal seeds give equal runs. Default: drawn when the run starts, and written into the run. */
  seed?: number | undefined;
  callbacks?: readonly Callback[] | undefined;
  /** How much the samples of a class count, by class number. Default 1. */
  classWeight?: Readonly<Record<number, number>> | undefined;
  /** Each gradient is scaled down to this norm. */
  clipNorm?: number | undefined;
  /** Whether TensorFlow compiles the training step (XLA). Default `"auto"`: where that measures faster. */
  jit?: "auto" | "on" | "off" | undefined;
  /**
   * What matrix products and convolutions are computed in; weights, sums and everything else stay 32-bit floats. Of the 16-bit floats,
   * bfloat16 has the range of 32 bits and float16 more digits; for the latter the loss is scaled so that small gradients do not vanish.
   * TensorFlow alone computes in 16 bits. Default `"float32"`.
   */
  precision?: Precision | undefined;
}

export type Precision = "float32" | "mixedBfloat16" | "mixedFloat16";

/** A plan with everything resolved: what the trainer runs. */
export class Plan {
  /** Where it was declared. */
  readonly origin = new Error("origin");
  private resolvedLosses: ReadonlyMap<string, Loss> | undefined;
  private resolvedMetrics: ReadonlyMap<string, readonly Metric[]> | undefined;

  constructor(
    readonly model: Model,
    readonly options: PlanOptions,
    readonly optimizer: Optimizer,
  ) {}

  /** By output name, in the model's order. Empty as long as a model waits for its input shape. */
  get losses(): ReadonlyMap<string, Loss> {
    if (this.resolvedLosses === undefined || this.resolvedLosses.size === 0) this.resolvedLosses = this.resolveLosses();
    return this.resolvedLosses;
  }

  /** By output name, in the model's order; an empty list where an output has none. Empty as long as a model waits for its input shape. */
  get metrics(): ReadonlyMap<string, readonly Metric[]> {
    if (this.resolvedMetrics === undefined || this.resolvedMetrics.size === 0) this.resolvedMetrics = this.resolveMetrics();
    return this.resolvedMetrics;
  }

  /** The factor of each output's loss in the total. */
  lossWeight(outputName: string): number {
    return this.options.lossWeights?.[outputName] ?? 1;
  }

  get batchSize(): number {
    return this.options.batchSize ?? 32;
  }

  get epochs(): number {
    return this.options.epochs ?? 1;
  }

  get precision(): Precision {
    return this.options.precision ?? "float32";
  }

  get shuffle(): boolean {
    return this.options.shuffle ?? true;
  }

  private resolveLosses(): ReadonlyMap<string, Loss> {
    const { loss } = this.options;
    return new Map(
      this.model.outputNames.flatMap((name) => {
        const like = isByOutput(loss) ? loss[name] : loss;
        return like === undefined ? [] : [[name, resolveLoss(like)]];
      }),
    );
  }

  /** @throws ModelError where a metric does not fit its output. */
  resolveMetrics(): ReadonlyMap<string, readonly Metric[]> {
    const { metrics = [] } = this.options;
    return new Map(
      this.model.outputs.map(({ shape }, index) => {
        const name = this.model.outputNames[index] ?? "";
        const likes = isList(metrics) ? metrics : (metrics[name] ?? []);
        return [name, likes.map((like) => measuring(resolveMetric(like), shape ?? []))];
      }),
    );
  }
}

/** Whether losses are given by output name rather than as one. */
export function isByOutput(loss: PlanOptions["loss"]): loss is Readonly<Record<string, LossLike>> {
  return typeof loss === "object" && (loss as unknown) !== null && typeof (loss as Partial<Loss>).call !== "function";
}

/** Whether metrics are one list for every output. */
export function isList(metrics: NonNullable<PlanOptions["metrics"]>): metrics is readonly MetricLike[] {
  return Array.isArray(metrics);
}

const plansOf = new WeakMap<Declarations, Plan[]>();

/** The plans that the evaluation under way has declared, in order. They begin anew with `resetDeclarations()`. */
export function declaredPlans(): readonly Plan[] {
  return plansOf.get(declarations()) ?? [];
}

export function declarePlan(plan: Plan): void {
  plansOf.set(declarations(), [...declaredPlans(), plan]);
}
