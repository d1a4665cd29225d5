import { concat, customGrad, engine, type GradSaveFunc, matMul, type Tensor, zeros } from "@tensorflow/tfjs-core";

/**
 * Products of many tensors with one matrix, one after the other. What the matrix gets of the gradient is one product of all of them side
 * by side, instead of a product and an addition for each.
 */
export class SharedProduct {
  private readonly factors: Tensor[] = [];
  private readonly gradients: Tensor[] = [];
  private isFirst = true;

  constructor(private readonly matrix: Tensor) {}

  /**
   * Every product but the first must depend on what this returns: the matrix gets its gradient when this has got its own, which is after
   * all products have theirs.
   *
   * @returns a tensor of the same values
   */
  before(x: Tensor): Tensor {
    if (!isDifferentiatedOnce()) return x;
    const pass = customGrad((...args) => {
      const [values] = args as [Tensor];
      return { value: values.clone(), gradFunc: (dy) => [dy.clone(), this.gradient()] };
    });
    return pass(x, this.matrix);
  }

  of(factor: Tensor): Tensor {
    // The first may depend on nothing that is trained, and its gradient would not be asked for.
    if (this.isFirst || !isDifferentiatedOnce()) {
      this.isFirst = false;
      return matMul(factor, this.matrix);
    }
    const product = customGrad((...args) => {
      const [values, save] = args as [Tensor, GradSaveFunc];
      save([values]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
        this.factors.push(...saved);
        this.gradients.push(dy.clone());
        return matMul(dy, this.matrix, false, true);
      };
      return { value: matMul(values, this.matrix), gradFunc };
    });
    return product(factor);
  }

  private gradient(): Tensor {
    if (this.factors.length === 0) return zeros(this.matrix.shape);
    return matMul(concat(this.factors, 0), concat(this.gradients, 0), true);
  }
}

/** A gradient of a gradient goes through plain products. */
function isDifferentiatedOnce(): boolean {
  return engine().state.gradientDepth === 1;
}
