import { expandDims, Tensor } from "@tensorflow/tfjs-core";
import { ModelError } from "../errors";
import { Layer, type TensorInputs } from "../layer";
import { broadcastMask } from "../masks";
import { isShapeList, type Shape } from "../shape";
import { asFloats } from "./inputs";

/** An input with its mask, brought to the input's own shape. */
export interface MaskedTensor {
  readonly tensor: Tensor;
  readonly mask: Tensor | undefined;
}

/** A layer called on a list of tensors. */
export abstract class MergeLayer extends Layer {
  /** Where only so many inputs make sense. */
  protected readonly exactInputs: number | undefined = undefined;

  override get supportsMasking(): boolean {
    return true;
  }

  /** @throws ModelError where it was not called on a list, or on a list of the wrong length. */
  protected inputShapes(inputShape: Shape | readonly Shape[]): readonly Shape[] {
    const shapes = isShapeList(inputShape) ? inputShape : undefined;
    if (shapes === undefined) {
      throw this.mismatch(
        `${this.name} merges a list of tensors, as in layers.add()([a, b]); received one tensor. In a sequential model there is only one.`,
      );
    }
    if (this.exactInputs !== undefined && shapes.length !== this.exactInputs) {
      throw this.mismatch(`${this.name} takes exactly ${this.exactInputs} inputs; received ${shapes.length}.`);
    }
    return shapes;
  }

  protected mismatch(message: string): ModelError {
    return new ModelError("merge-shape-mismatch", message, this);
  }
}

export function floatInputs(inputs: TensorInputs): Tensor[] {
  return (inputs instanceof Tensor ? [inputs] : inputs).map(asFloats);
}

/** The inputs as floats of equal rank: lower ranks are filled up after the batch. */
export function maskedInputs(inputs: TensorInputs, masks: readonly (Tensor | undefined)[]): MaskedTensor[] {
  const list = floatInputs(inputs);
  const rank = Math.max(...list.map((tensor) => tensor.rank));
  return list.map((input, index) => {
    let tensor = input;
    while (tensor.rank < rank) tensor = expandDims(tensor, 1);
    const mask = masks[index];
    return { tensor, mask: mask === undefined ? undefined : broadcastMask(mask, tensor) };
  });
}
