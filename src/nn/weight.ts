import { dispose, type DataType, keep, Tensor, zeros } from "@tensorflow/tfjs-core";
import type { Constraint } from "./constraints";
import type { Initializer } from "./initializers";
import type { Regularizer } from "./regularizers";

/** One factor of a weight's size, as the learner should read it: `{ value: 784, name: "inputs" }`. */
export interface SizeFactor {
  readonly value: number;
  readonly name: string;
}

/** What `build` declares of a weight; its values exist only in a trainer. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly initializer: Initializer;
  readonly trainable: boolean;
  readonly regularizer: Regularizer | undefined;
  readonly constraint: Constraint | undefined;
  /** The factors of the size; by default the shape's dimensions. */
  readonly factors: readonly SizeFactor[];
}

let nextId = -1;
let filledWithZeros: Set<Weight> | undefined;

/** Runs `body` with zeros in every weight that has no value, and takes them away afterwards: a pass that needs shapes alone. */
export function withZeroWeights<T>(body: () => T): T {
  const outer = filledWithZeros;
  const filled = new Set<Weight>();
  filledWithZeros = filled;
  try {
    return body();
  } finally {
    filledWithZeros = outer;
    for (const weight of filled) weight.release();
  }
}

/**
 * A layer's weight. It is a tensor, so that `tf.matMul(x, this.kernel)` works and gradients are taken with respect to it, but it has a
 * value only after {@link assign}: building a model of any size allocates nothing.
 */
export class Weight extends Tensor {
  private current: Tensor | undefined;
  /** Where the value is when it is not here. */
  private source: (() => Tensor) | undefined;

  /** tfjs takes everything with a shape, a dtype and data for a `Tensor`; without this every tensor would be a `Weight`. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.isPrototypeOf.call(Weight.prototype, value as object);
  }

  /** Runs `body` with other values in the weights; afterwards each has its own again, and nobody's values are disposed. */
  static withValues<T>(weights: readonly Weight[], values: readonly Tensor[], body: () => T): T {
    const own = weights.map(({ current, source }) => ({ current, source }));
    weights.forEach((weight, index) => Object.assign(weight, { current: values[index], source: undefined }));
    try {
      return body();
    } finally {
      weights.forEach((weight, index) => Object.assign(weight, own[index]));
    }
  }

  constructor(
    readonly spec: WeightSpec,
    /** `dense/kernel` */
    readonly path: string,
  ) {
    // Negative identities never meet those that the engine gives to its own tensors.
    super([...spec.shape] as never, spec.dtype, {}, nextId--);
  }

  get hasValue(): boolean {
    return this.current !== undefined || this.source !== undefined;
  }

  /** @throws when no value was assigned: during analysis weights have shapes only. */
  get value(): Tensor {
    this.settle();
    if (this.current === undefined && filledWithZeros !== undefined) {
      filledWithZeros.add(this);
      this.assignZeros();
    }
    if (this.current === undefined) {
      throw new Error(`The weight ${this.path} has no value yet: weights get their values when training starts.`);
    }
    return this.current;
  }

  /** Takes ownership of `value` (a surrounding `tf.tidy` no longer disposes it), which must have the declared shape, and disposes the former one. */
  assign(value: Tensor): void {
    if (value.shape.length !== this.shape.length || value.shape.some((size, axis) => size !== this.shape[axis])) {
      throw new Error(
        `The weight ${this.path} has shape [${this.shape.join(", ")}]; received a value of shape [${value.shape.join(", ")}].`,
      );
    }
    const former = this.current;
    this.current = keep(value);
    this.source = undefined;
    if (former !== undefined && former !== value) dispose(former);
  }

  /** From now on the value is what `source` returns, which is asked when somebody wants it; the former value is disposed. */
  follow(source: () => Tensor): void {
    this.release();
    this.source = source;
  }

  /** Fetches the value from the source that the weight {@link follow}s, if it follows one. */
  settle(): void {
    if (this.source !== undefined) this.assign(this.source());
  }

  assignZeros(): void {
    this.assign(zeros([...this.spec.shape], this.spec.dtype));
  }

  /** Disposes the value; the declaration stays. */
  release(): void {
    if (this.current !== undefined) dispose(this.current);
    this.current = undefined;
    this.source = undefined;
  }
}

// A tensor's constructor assigns its `dataId`; a weight's is its value's.
Object.defineProperty(Weight.prototype, "dataId", {
  get(this: Weight) {
    return this.value.dataId;
  },
  set: () => undefined,
});
