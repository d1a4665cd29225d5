import { dispose, keep, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { activeBackend, canCapture } from "./capturing";
import { ResourceVariables } from "./recording/resourceVariables";

/** Values that stay with the engine from one step to the next. */
export interface Variables {
  readonly length: number;
  /** One of the values as it now is, in a new tensor that later steps leave alone. */
  read(index: number): Tensor;
  /** Gives the variables new values of the same shapes; the tensors stay the caller's. */
  assign(values: readonly Tensor[]): void;
  dispose(): void;
}

/** Variables with first values; the tensors stay the caller's. Where TensorFlow is the engine, captured steps change them in place. */
export function newVariables(values: readonly Tensor[]): Variables {
  return canCapture().supported ? new ResourceVariables(activeBackend(), values) : new TensorVariables(values);
}

/** Variables of an engine that knows tensors alone. */
class TensorVariables implements Variables {
  #values: readonly Tensor[];

  constructor(values: readonly Tensor[]) {
    this.#values = copies(values);
  }

  get length(): number {
    return this.#values.length;
  }

  read(index: number): Tensor {
    return this.#value(index).clone();
  }

  assign(values: readonly Tensor[]): void {
    const former = this.#values;
    this.#values = copies(values);
    dispose([...former]);
  }

  dispose(): void {
    dispose([...this.#values]);
    this.#values = [];
  }

  #value(index: number): Tensor {
    const value = this.#values[index];
    if (value === undefined) throw new RangeError(`There is no variable ${index}; there are ${this.length}.`);
    return value;
  }
}

/** All values as they now are. */
export function readVariables(variables: Variables): Tensor[] {
  return Array.from({ length: variables.length }, (_, index) => variables.read(index));
}

/** New handles on the same values, which no `tidy` disposes. */
function copies(values: readonly Tensor[]): Tensor[] {
  return tidy(() => values.map((value) => keep(value.clone())));
}
