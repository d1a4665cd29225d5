import { add, type Tensor } from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, resolveActivation } from "../activations";
import { invalidArgument, isPositiveInteger } from "../arguments";
import { withFans } from "../initializers";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Dimension, Shape } from "../shape";
import type { SizeFactor, Weight } from "../weight";
import { activationOutputShape, buildActivation } from "./activation";
import { einsum } from "./einsum";
import { applyEquation, type EinsumShapes, parseEquation } from "./einsumEquation";
import { expectBuiltSize, soleFloats, soleShape } from "./inputs";
import { multiply } from "./spatial";
import { type WeightArguments, weightArgumentNames, weightOptionsOf } from "./weightOptions";
import { presentTerms } from "./presentTerms";

export interface EinsumDenseOptions extends LayerOptions, WeightArguments<"kernel">, WeightArguments<"bias"> {
  /** Applied to the output. Default: none (`"linear"`). */
  activation?: ActivationLike | undefined;
  /** The letters of the output's axes that have a bias. Default: no bias. */
  biasAxes?: string | undefined;
}

/**
 * A dense layer along any axes: a product of the input and a kernel by Einstein's summation. `einsumDense("abc,cd->abd", [null, 64])` is
 * `dense(64)` on sequences. The kernel is drawn by `glorotUniform`. https://keras.io/api/layers/core_layers/einsum_dense/
 */
export class EinsumDense extends Layer {
  static override readonly mainArguments: readonly string[] = ["equation", "outputShape"];
  static override readonly optionNames = optionNames<EinsumDenseOptions>({
    activation: true,
    biasAxes: true,
    ...weightArgumentNames("kernel"),
    ...weightArgumentNames("bias"),
  });

  readonly equation: string;
  readonly activation: Activation;
  readonly biasAxes: string | undefined;
  kernel!: Weight;
  bias: Weight | undefined;
  private readonly parsed: ReturnType<typeof parseEquation>;
  private readonly declaredOutput: readonly Dimension[];

  /**
   * @param equation The letters of the axes of input, kernel and output; `...` for further axes, at the left or right.
   * @param outputShape The sizes of the output's axes without the batch and those behind `...`; `null` where the input decides.
   * @throws ModelError where an argument is of another kind.
   */
  constructor(
    equation: string,
    outputShape: number | readonly Dimension[],
    private readonly options: EinsumDenseOptions = {},
  ) {
    super(options);
    this.parsed = parseEquation(this, equation);
    this.equation = equation;
    const sizes: unknown = typeof outputShape === "number" ? [outputShape] : outputShape;
    const isSize = (size: unknown): boolean => size === null || isPositiveInteger(size);
    if (!Array.isArray(sizes) || !sizes.every(isSize)) {
      const expected = "the sizes of the output's axes without the batch: positive whole numbers, null where the input decides";
      throw invalidArgument(this, "layers.einsumDense(equation, outputShape)", expected, outputShape);
    }
    this.declaredOutput = sizes as Dimension[];
    this.activation = resolveActivation(options.activation);
    this.biasAxes = options.biasAxes;
    const unknown = Array.from(options.biasAxes ?? "").find((label) => !this.parsed.output.includes(label));
    if (options.biasAxes === "" || unknown !== undefined) {
      const expected = `letters of the output's axes, of "${this.parsed.output}"`;
      throw invalidArgument(this, "layers.einsumDense(…, { biasAxes })", expected, options.biasAxes);
    }
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Multiplies the input by a kernel along any axes, as an equation of letters says, adds a bias and applies the activation.",
      formula: presentTerms(
        this,
        String.raw`y = f(\operatorname{einsum}(\texttt{${this.equation.replace("->", String.raw`\to `)}}, x, W) + b)`,
      ),
      source: "https://keras.io/api/layers/core_layers/einsum_dense/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const shapes = this.shapes(inputShape);
    const { kernelLabels, outputLabels, sizes } = shapes;
    const factors = kernelLabels.map((label): SizeFactor => ({ value: sizes.get(label) ?? 0, name: `axis ${label}` }));
    const fan = (isOutput: boolean): number =>
      multiply(
        factors.filter((_, axis) => outputLabels.includes(kernelLabels[axis] ?? "") === isOutput).map(({ value }) => value),
      );
    const settings = weightOptionsOf("kernel", this.options, "glorotUniform");
    this.kernel = this.addWeight(
      "kernel",
      factors.map(({ value }) => value),
      { ...settings, initializer: withFans(settings.initializer, { fanIn: fan(false), fanOut: fan(true) }), factors },
    );
    if (this.biasAxes !== undefined) this.bias = this.addBias(this.biasAxes, shapes);
    buildActivation(this.activation, shapes.output);
  }

  /** A bias that broadcasts: its first axis is the first of `axes`, and the other axes of the output behind it have size 1. */
  private addBias(axes: string, { outputLabels, sizes }: EinsumShapes): Weight {
    const first = outputLabels.findIndex((label) => axes.includes(label));
    const factors = outputLabels.slice(first).map((label): SizeFactor => {
      const value = axes.includes(label) ? sizes.get(label) : 1;
      if (typeof value !== "number") throw invalidArgument(this, `${this.name}: biasAxes`, "axes of known size", axes);
      return { value, name: `axis ${label}` };
    });
    return this.addWeight(
      "bias",
      factors.map(({ value }) => value),
      { ...weightOptionsOf("bias", this.options, "zeros"), factors },
    );
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    const { kernelLabels, output, sizes } = this.shapes(inputShape);
    if (this.built) {
      kernelLabels.forEach((label, axis) => {
        expectBuiltSize(this, `places on axis ${label}`, this.kernel.shape[axis] ?? 0, sizes.get(label) ?? 0, shape);
      });
    }
    return activationOutputShape(this.activation, output);
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const { inputLabels, kernelLabels, outputLabels } = this.shapes(x.shape);
    const product = einsum([x, inputLabels], [this.kernel, kernelLabels], outputLabels);
    return this.activation.apply(this.bias === undefined ? product : add(product, this.bias));
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const { inputLabels, sizes } = this.shapes(inputShape);
    const [batch] = inputLabels;
    const products = [...sizes].filter(([label]) => label !== batch).map(([, size]) => size);
    return products.includes(null) ? null : 2 * multiply(products as number[]);
  }

  private shapes(inputShape: Shape | readonly Shape[]): EinsumShapes {
    return applyEquation(this, this.parsed, soleShape(this, inputShape), this.declaredOutput);
  }
}
