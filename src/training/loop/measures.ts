import { add, concat, div, mul, reshape, scalar, type Tensor, zeros } from "@tensorflow/tfjs-core";
import type { Metric } from "../../nn";
import { labelledOutputs } from "../../dsl/labelledOutputs";
import { measuredNames, measureName } from "../../dsl/measuredNames";
import type { Plan } from "../../dsl/plan";

interface PlacedMetric {
  readonly metric: Metric;
  readonly name: string;
  /** Its place among the model's outputs, and that of its labels among the batch's. */
  readonly output: number;
  readonly label: number;
  /** Its state's place among the totals. */
  readonly start: number;
  readonly length: number;
}

/** What one batch adds. */
export interface Measured {
  readonly loss: Tensor;
  readonly outputLosses: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly labels: readonly Tensor[];
}

/**
 * What is measured over an epoch: the mean loss, weighted by samples as Keras does it, and the metrics. The totals are tensors, so that a
 * step adds to them without reading anything back.
 */
export class Measures {
  /** `loss` first, then as {@link measuredNames} has them. */
  readonly names: readonly string[];
  private readonly metrics: readonly PlacedMetric[];
  /** The totals start with the number of samples and the sums of the losses. */
  private readonly losses: number;

  constructor(plan: Plan) {
    const several = plan.model.outputs.length > 1;
    const outputs = labelledOutputs(plan);
    const losses = several ? outputs.filter(({ loss }) => loss !== undefined) : [];
    this.losses = 1 + losses.length;
    let start = 1 + this.losses;
    this.metrics = outputs.flatMap(({ name, index }, label) =>
      (plan.metrics.get(name) ?? []).map((metric) => {
        const placed = {
          metric,
          name: measureName(plan, name, metric.name),
          output: index,
          label,
          start,
          length: metric.state().length,
        };
        start += placed.length;
        return placed;
      }),
    );
    this.names = measuredNames(plan);
  }

  /** The totals before the first batch. */
  initial(): Tensor[] {
    const states = this.metrics.flatMap(({ metric }) => metric.state().map(({ shape }) => zeros([...shape])));
    return [...Array.from({ length: 1 + this.losses }, () => scalar(0)), ...states];
  }

  /** The totals after one more batch. */
  add(totals: readonly Tensor[], { loss, outputLosses, outputs, labels }: Measured): Tensor[] {
    const samples = outputs[0]?.shape[0] ?? 1;
    const losses = this.losses === 1 ? [loss] : [loss, ...outputLosses];
    const sums = losses.map((value, index) => add<Tensor>(totals[1 + index] as Tensor, mul(value, samples)));
    const states = this.metrics.flatMap(({ metric, output, label, start, length }) =>
      metric.update(totals.slice(start, start + length), labels[label] as Tensor, outputs[output] as Tensor),
    );
    return [add<Tensor>(totals[0] as Tensor, samples), ...sums, ...states];
  }

  /** The values in the order of {@link names}: one vector. */
  report(totals: readonly Tensor[]): Tensor {
    const samples = totals[0] as Tensor;
    const means = totals.slice(1, 1 + this.losses).map((sum) => div<Tensor>(sum, samples));
    const results = this.metrics.map(({ metric, start, length }) => metric.result(totals.slice(start, start + length)));
    return concat([...means, ...results].map((value) => reshape(value, [1])));
  }
}
