import type { DataType } from "@tensorflow/tfjs-core";
import type { Layer } from "./layer";
import type { Shape } from "./shape";

/** The place of a tensor in a model that has no values yet: Keras's `KerasTensor`. */
export class SymbolicTensor {
  constructor(
    /** `null` after an error upstream. */
    readonly shape: Shape | null,
    readonly dtype: DataType,
    /** The call that produces it; `undefined` only while that call is being made. */
    readonly node: Node,
    /** Which of the call's outputs it is. */
    readonly index: number,
  ) {}

  get name(): string {
    return this.node.layer.name;
  }
}

/** One call of a layer on symbolic tensors. A shared layer has several. */
export class Node {
  readonly outputs: SymbolicTensor[] = [];

  constructor(
    readonly layer: Layer,
    readonly inputs: readonly SymbolicTensor[],
    /** Whether the layer was called on a list, if only of one tensor. */
    readonly takesList = inputs.length !== 1,
  ) {}

  /** The output's shape, or the list of them. */
  get outputShape(): Shape | readonly Shape[] | null {
    return shapesOf(this.outputs);
  }

  /** The input's shape, or the list of them; `null` for an input layer. */
  get inputShape(): Shape | readonly Shape[] | null {
    return shapesOf(this.inputs);
  }
}

function shapesOf(tensors: readonly SymbolicTensor[]): Shape | readonly Shape[] | null {
  const [first] = tensors;
  if (tensors.length === 1 && first !== undefined) return first.shape;
  const shapes = tensors.map((tensor) => tensor.shape).filter((shape) => shape !== null);
  return shapes.length < tensors.length || shapes.length === 0 ? null : shapes;
}

export type SymbolicInputs = SymbolicTensor | readonly SymbolicTensor[];
