import { reshape, type Tensor, transpose } from "@tensorflow/tfjs-core";
import type { Shape } from "../shape";
import { multiply } from "./spatial";

/** Which axes of (batch, …, features) attend to each other; the others stand aside, as further samples do. */
export class AttentionAxes {
  readonly others: readonly number[];

  /** @param axes From 1 on, ascending. */
  constructor(
    readonly axes: readonly number[],
    readonly rank: number,
  ) {
    this.others = Array.from({ length: rank - 2 }, (_, index) => index + 1).filter((axis) => !axes.includes(axis));
  }

  /** (batch, …, features) → (batch · others, steps, features) */
  toSteps(x: Tensor): Tensor {
    if (this.rank === 3) return x;
    const ordered = [0, ...this.others, ...this.axes, this.rank - 1];
    const moved = this.others.length === 0 ? x : transpose(x, ordered);
    return reshape(moved, [multiply(sizesOf(x.shape, [0, ...this.others])), multiply(sizesOf(x.shape, this.axes)), -1]);
  }

  /** (batch · others, steps, …) → (batch, …) in the query's order. */
  fromSteps(steps: Tensor, query: readonly number[]): Tensor {
    if (this.rank === 3) return steps;
    const ordered = [0, ...this.others, ...this.axes];
    const dimensions = steps.shape.slice(2);
    const apart = reshape(steps, [...sizesOf(query, ordered), ...dimensions]);
    if (this.others.length === 0) return apart;
    const back = ordered.map((_, axis) => ordered.indexOf(axis));
    return transpose(apart, [...back, ...dimensions.map((_, index) => ordered.length + index)]);
  }

  /** (batch · others, heads, query steps, value steps) as Keras returns it: (batch, …others, heads, …query axes, …value axes). */
  scores(weights: Tensor, query: readonly number[], value: readonly number[]): Tensor {
    if (this.rank === 3) return weights;
    const heads = weights.shape[1] ?? 1;
    return reshape(weights, this.scoresShape(query, value, heads) as number[]);
  }

  scoresShape(query: Shape, value: Shape, heads: number): Shape {
    const sizes = (shape: Shape, axes: readonly number[]): Shape => axes.map((axis) => shape[axis] ?? null);
    return [...sizes(query, [0, ...this.others]), heads, ...sizes(query, this.axes), ...sizes(value, this.axes)];
  }
}

function sizesOf(shape: readonly number[], axes: readonly number[]): number[] {
  return axes.map((axis) => shape[axis] ?? 1);
}
