import { add, matMul, reshape, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, resolveActivation } from "../activations";
import { positiveInteger } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { type Shape, sizeOf } from "../shape";
import type { Weight } from "../weight";
import { buildActivation, activationOutputShape } from "./activation";
import { expectBuiltSize, lastDimension, soleFloats, soleShape } from "./inputs";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";
import { presentTerms } from "./presentTerms";

export interface DenseOptions extends LayerOptions, WeightArguments<"kernel">, WeightArguments<"bias"> {
  /** Applied to the output. Default: none (`"linear"`). */
  activation?: ActivationLike | undefined;
  /** Default `true`. */
  useBias?: boolean | undefined;
}

/**
 * The fully connected layer: every unit sees every feature. Inputs of more than two dimensions are transformed along the last one.
 *
 * Input (batch, …, features), output (batch, …, units). The kernel is drawn by `glorotUniform`, the bias starts at zeros.
 * https://keras.io/api/layers/core_layers/dense/
 */
export class Dense extends Layer {
  static override readonly mainArguments: readonly string[] = ["units"];
  static override readonly optionNames = optionNames<DenseOptions>({
    activation: true,
    useBias: true,
    ...weightArgumentNames("kernel"),
    ...weightArgumentNames("bias"),
  });

  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  kernel!: Weight;
  bias: Weight | undefined;
  private readonly options: DenseOptions;

  /** @throws ModelError unless `units` is a positive whole number. */
  constructor(units: number, options: DenseOptions = {}) {
    super(options);
    this.units = positiveInteger(this, "layers.dense(units)", units);
    this.activation = resolveActivation(options.activation);
    this.useBias = options.useBias ?? true;
    this.options = options;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Every unit sums all input features, each with a weight of its own, adds its bias and applies the activation.",
      formula: presentTerms(this, String.raw`y = f(x W + b)`),
      source: "https://keras.io/api/layers/core_layers/dense/",
    };
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const features = lastDimension(this, soleShape(this, inputShape));
    const units = { value: this.units, name: "units" };
    const { options } = this;
    this.kernel = this.addWeight("kernel", [features, this.units], {
      initializer: options.kernelInitializer ?? "glorotUniform",
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
      factors: [{ value: features, name: "inputs" }, units],
    });
    if (this.useBias) {
      this.bias = this.addWeight("bias", [this.units], {
        initializer: options.biasInitializer ?? "zeros",
        regularizer: options.biasRegularizer,
        constraint: options.biasConstraint,
        factors: [units],
      });
    }
    buildActivation(this.activation, this.affineShape(inputShape));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    return activationOutputShape(this.activation, this.affineShape(inputShape));
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const rows = x.rank === 2 ? x : reshape(x, [-1, this.kernel.shape[0]]);
    const product = matMul(rows as Tensor2D, this.kernel as unknown as Tensor2D);
    const sums = this.bias === undefined ? product : add(product, this.bias);
    return this.activation.apply(x.rank === 2 ? sums : reshape(sums, [...x.shape.slice(0, -1), this.units]));
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const inputs = sizeOf(soleShape(this, inputShape).slice(1));
    return inputs === null ? null : 2 * inputs * this.units;
  }

  private affineShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    const features = lastDimension(this, shape);
    expectBuiltSize(this, "input features", this.kernel.shape[0], features, shape);
    return [...shape.slice(0, -1), this.units];
  }
}
