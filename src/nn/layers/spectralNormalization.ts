import {
  div,
  equal,
  matMul,
  maximum,
  mul,
  reshape,
  rsqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  where,
} from "@tensorflow/tfjs-core";
import { positiveInteger, show } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { truncatedNormal } from "../initializers";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs, type TensorOutputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { Weight } from "../weight";

/** The weights that can be normalized, by name. */
const KERNELS = ["kernel", "embeddings"];

/** The square of the shortest length by which Keras divides. */
const SHORTEST_SQUARED = 1e-14;

export interface SpectralNormalizationOptions extends LayerOptions {
  /** Steps of the power method for each training step; more are more exact. Default 1. */
  powerIterations?: number | undefined;
}

/**
 * Keeps the largest singular value of a layer's kernel at 1, so that the layer cannot stretch its input: for discriminators
 * (Miyato et al. 2018, https://arxiv.org/abs/1802.05957). As in Keras the kernel itself is divided at each training step; outside of
 * training the wrapped layer is left alone. https://keras.io/api/layers/normalization_layers/spectral_normalization/
 */
export class SpectralNormalization extends Layer {
  static override readonly mainArguments: readonly string[] = ["layer"];
  static override readonly optionNames = optionNames<SpectralNormalizationOptions>({ powerIterations: true });

  readonly layer: Layer;
  readonly powerIterations: number;
  private kernel!: Weight;
  private vectorU!: Weight;

  /** @throws ModelError unless `layer` is a layer. */
  constructor(layer: Layer, options: SpectralNormalizationOptions = {}) {
    super(options);
    if (!(layer instanceof Layer)) {
      throw new ModelError(
        "invalid-argument",
        `layers.spectralNormalization(layer) takes a layer such as layers.dense(10); received ${show(layer)}.`,
        this,
      );
    }
    this.layer = layer;
    const form = "layers.spectralNormalization(layer, { powerIterations })";
    this.powerIterations = positiveInteger(this, form, options.powerIterations ?? 1);
  }

  override get documentation(): LayerDocumentation {
    const inner = this.layer.documentation?.formula;
    return {
      summary:
        "Divides the kernel of the layer it holds by its largest singular value while training, so that outputs cannot grow.",
      formula: String.raw`W \leftarrow \frac{W}{\sigma},\quad \sigma = v\, W u^{\mathsf T},\ v \propto u\, W^{\mathsf T},\ u \propto v\, W${inner === undefined ? "" : String.raw`,\quad ${inner}`}`,
      source: "https://keras.io/api/layers/normalization_layers/spectral_normalization/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const { layer } = this;
    layer.ensureBuilt(inputShape);
    const kernel = layer.weights.find(({ spec }) => KERNELS.includes(spec.name));
    if (kernel === undefined) {
      throw new ModelError(
        "invalid-argument",
        `${this.name} normalizes a layer's kernel or embeddings, and ${layer.name} (${layer.className}) has neither. Wrap a dense, convolution or embedding layer.`,
        this,
      );
    }
    this.kernel = kernel;
    const outputs = kernel.shape.at(-1) ?? 1;
    this.vectorU = this.addWeight("vector_u", [1, outputs], {
      initializer: truncatedNormal({ stddev: 0.02 }),
      trainable: false,
      factors: [{ value: outputs, name: "kernel columns" }],
    });
  }

  /** In Keras's order: the kernel, the vector, what else the layer has. */
  override get weights(): Weight[] {
    return [...new Set([this.kernel, ...super.weights])].filter((weight) => weight instanceof Weight);
  }

  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    if (!context.training) return this.layer.run(inputs, context);
    const normalized = this.normalize(context);
    return Weight.withValues([this.kernel], [normalized], () => this.layer.run(inputs, context));
  }

  /** The kernel over its largest singular value, found by the power method; a kernel of zeros stays one. */
  private normalize(context: CallContext): Tensor {
    const kernel = context.latest(this.kernel);
    const matrix: Tensor2D = reshape(kernel, [-1, this.vectorU.shape[1] ?? 1]);
    let u = context.latest(this.vectorU) as Tensor2D;
    let v = u;
    for (let iteration = 0; iteration < this.powerIterations; iteration++) {
      v = unitLength(matMul(u, matrix, false, true));
      u = unitLength(matMul(v, matrix));
    }
    const sigma = matMul(matMul(v, matrix), u, false, true);
    const vanished = equal(sigma, 0);
    const normalized = reshape(div(matrix, where(vanished, 1, sigma)), kernel.shape);
    context.update(this.vectorU, where(vanished, context.latest(this.vectorU), u));
    context.update(this.kernel, normalized);
    return normalized;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    return this.layer.computeOutputShape(inputShape);
  }

  override get supportsMasking(): boolean {
    return this.layer.supportsMasking;
  }

  override computeMask(inputs: TensorInputs, masks: readonly (Tensor | undefined)[]): ReturnType<Layer["computeMask"]> {
    return this.layer.computeMask(inputs, masks);
  }

  override flops(inputShape: Shape | readonly Shape[], outputShape: Shape | readonly Shape[]): number | null {
    return this.layer.flops(inputShape, outputShape);
  }
}

function unitLength(vector: Tensor2D): Tensor2D {
  return mul(vector, rsqrt(maximum(sum(square(vector)), SHORTEST_SQUARED)));
}
