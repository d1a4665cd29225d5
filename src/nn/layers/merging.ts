import { add, div, logicalOr, maximum, minimum, mul, onesLike, sub, type Tensor, where, zerosLike } from "@tensorflow/tfjs-core";
import type { CallContext } from "../context";
import type { LayerDocumentation, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { type Dimension, formatShape, type Shape } from "../shape";
import { whySizesDiffer } from "./mapSizes";
import { type MaskedTensor, maskedInputs, MergeLayer } from "./mergeLayer";

/** Inputs of equal shape, merged place by place. Sizes of 1 broadcast, and lower ranks are filled up after the batch, as in Keras. */
abstract class ElementwiseMerge extends MergeLayer {
  protected abstract merge(inputs: readonly MaskedTensor[]): Tensor;

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shapes = this.inputShapes(inputShape);
    const batch = shapes.map(([size]) => size).find((size) => size !== null) ?? null;
    const samples: readonly Shape[] = shapes.map((shape) => shape.slice(1));
    return [batch, ...samples.reduce((merged, sample) => this.broadcast(merged, sample, shapes))];
  }

  override computeMask(_inputs: TensorInputs, masks: readonly (Tensor | undefined)[]): Tensor | undefined {
    const known = masks.filter((mask) => mask !== undefined);
    return known.length === 0 || known.length < masks.length
      ? undefined
      : known.reduce((either, mask) => logicalOr(either, mask));
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    return this.merge(maskedInputs(inputs, context.masks));
  }

  override flops(): number {
    return 0;
  }

  private broadcast(a: Shape, b: Shape, shapes: readonly Shape[]): Shape {
    const [long, short] = a.length >= b.length ? [a, b] : [b, a];
    const lead = long.length - short.length;
    return long.map((size, axis): Dimension => {
      const other = axis < lead ? 1 : (short[axis - lead] ?? null);
      if (size === 1 || size === other) return other;
      if (other === 1) return size;
      if (size === null || other === null) return null;
      const received = `${this.name} takes inputs of equal shape; received ${shapes.map(formatShape).join(" and ")}.`;
      throw this.mismatch(received + whySizesDiffer(this, shapes));
    });
  }
}

function fold(inputs: readonly MaskedTensor[], operation: (a: Tensor, b: Tensor) => Tensor): Tensor {
  return inputs.map(({ tensor }) => tensor).reduce((a, b) => operation(a, b));
}

/** Where one input is masked, the other alone counts. */
function foldMasked(inputs: readonly MaskedTensor[], operation: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const merged = inputs.reduce((a, b) => {
    const right = b.mask === undefined ? b.tensor : where(b.mask, b.tensor, a.tensor);
    const left = a.mask === undefined ? a.tensor : where(a.mask, a.tensor, right);
    const mask = a.mask === undefined || b.mask === undefined ? undefined : logicalOr(a.mask, b.mask);
    return { tensor: operation(left, right), mask };
  });
  return merged.tensor;
}

/** The sum of its inputs. https://keras.io/api/layers/merging_layers/add/ */
export class Add extends ElementwiseMerge {
  static override readonly optionNames = optionNames({});

  override get documentation(): LayerDocumentation {
    return {
      summary: "Adds its inputs place by place; a shortcut around other layers ends here.",
      formula: String.raw`y = \sum_k x_k`,
      source: "https://keras.io/api/layers/merging_layers/add/",
    };
  }

  protected merge(inputs: readonly MaskedTensor[]): Tensor {
    return fold(inputs, add);
  }
}

/** The first input less the second. https://keras.io/api/layers/merging_layers/subtract/ */
export class Subtract extends ElementwiseMerge {
  static override readonly optionNames = optionNames({});

  protected override readonly exactInputs = 2;

  override get documentation(): LayerDocumentation {
    return {
      summary: "Subtracts the second input from the first, place by place.",
      formula: "y = x_1 - x_2",
      source: "https://keras.io/api/layers/merging_layers/subtract/",
    };
  }

  protected merge(inputs: readonly MaskedTensor[]): Tensor {
    return fold(inputs, sub);
  }
}

/** The product of its inputs. https://keras.io/api/layers/merging_layers/multiply/ */
export class Multiply extends ElementwiseMerge {
  static override readonly optionNames = optionNames({});

  override get documentation(): LayerDocumentation {
    return {
      summary: "Multiplies its inputs place by place; one can gate the other.",
      formula: String.raw`y = \prod_k x_k`,
      source: "https://keras.io/api/layers/merging_layers/multiply/",
    };
  }

  protected merge(inputs: readonly MaskedTensor[]): Tensor {
    const factors = inputs.map(({ tensor, mask }) => (mask === undefined ? tensor : where(mask, tensor, onesLike(tensor))));
    const product = factors.reduce((a, b) => mul(a, b));
    const masks = inputs.map(({ mask }) => mask).filter((mask) => mask !== undefined);
    if (masks.length < inputs.length) return product;
    return where(
      masks.reduce((a, b) => logicalOr(a, b)),
      product,
      zerosLike(product),
    );
  }
}

/** The mean of its inputs. https://keras.io/api/layers/merging_layers/average/ */
export class Average extends ElementwiseMerge {
  static override readonly optionNames = optionNames({});

  override get documentation(): LayerDocumentation {
    return {
      summary: "Takes the mean of its inputs place by place.",
      formula: String.raw`y = \frac1n \sum_{k=1}^n x_k`,
      source: "https://keras.io/api/layers/merging_layers/average/",
    };
  }

  protected merge(inputs: readonly MaskedTensor[]): Tensor {
    return div(fold(inputs, add), inputs.length);
  }
}

/** The greatest of its inputs. https://keras.io/api/layers/merging_layers/maximum/ */
export class Maximum extends ElementwiseMerge {
  static override readonly optionNames = optionNames({});

  override get documentation(): LayerDocumentation {
    return {
      summary: "Takes the greatest of its inputs place by place.",
      formula: String.raw`y = \max_k x_k`,
      source: "https://keras.io/api/layers/merging_layers/maximum/",
    };
  }

  protected merge(inputs: readonly MaskedTensor[]): Tensor {
    return foldMasked(inputs, maximum);
  }
}

/** The least of its inputs. https://keras.io/api/layers/merging_layers/minimum/ */
export class Minimum extends ElementwiseMerge {
  static override readonly optionNames = optionNames({});

  override get documentation(): LayerDocumentation {
    return {
      summary: "Takes the least of its inputs place by place.",
      formula: String.raw`y = \min_k x_k`,
      source: "https://keras.io/api/layers/merging_layers/minimum/",
    };
  }

  protected merge(inputs: readonly MaskedTensor[]): Tensor {
    return foldMasked(inputs, minimum);
  }
}
