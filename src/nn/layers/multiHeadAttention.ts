import {
  add,
  expandDims,
  greaterEqual,
  linspace,
  logicalAnd,
  matMul,
  mul,
  reshape,
  softmax,
  type Tensor,
  transpose,
  where,
} from "@tensorflow/tfjs-core";
import { isPositiveInteger, positiveInteger, rateBelowOne, show } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, isShapeList, type Shape, sizeOf } from "../shape";
import type { SizeFactor, Weight } from "../weight";
import { dropoutMask } from "./dropoutMask";
import { expectBuiltSize, lastDimension } from "./inputs";
import { multiply } from "./spatial";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

export interface MultiHeadAttentionOptions extends LayerOptions, WeightArguments<"kernel">, WeightArguments<"bias"> {
  /** The size of each head's values; default `keyDim`. */
  valueDim?: number | undefined;
  /** The share of the attention weights dropped in training; default 0. */
  dropout?: number | undefined;
  /** Default `true`. */
  useBias?: boolean | undefined;
  /** The size of the output, or its dimensions; default: the query's features. */
  outputShape?: number | readonly number[] | undefined;
  /** Each step attends to itself and earlier steps alone; default `false`. */
  useCausalMask?: boolean | undefined;
}

/** A linear map into or out of the heads. */
interface Projection {
  readonly kernel: Weight;
  readonly bias: Weight | undefined;
}

/** A masked score: below every other, and finite, so that a row that is masked throughout stays a number. */
const MASKED = -0.7 * 3.4028234663852886e38;

/**
 * Multi-head attention (Vaswani et al. 2017). Called on a list: `layer([query, value])` or `layer([query, value, key])`, each of shape
 * (batch, steps, features); the key is the value by default. `layer([x, x])` is self-attention.
 */
export class MultiHeadAttention extends Layer {
  static override readonly optionNames = optionNames<MultiHeadAttentionOptions>({
    valueDim: true,
    dropout: true,
    useBias: true,
    outputShape: true,
    useCausalMask: true,
    ...weightArgumentNames("kernel"),
    ...weightArgumentNames("bias"),
  });

  readonly numHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly dropout: number;
  readonly useBias: boolean;
  readonly useCausalMask: boolean;
  private readonly outputDimensions: readonly number[] | undefined;
  private query!: Projection;
  private key!: Projection;
  private value!: Projection;
  private attentionOutput!: Projection;

  constructor(
    numHeads: number,
    keyDim: number,
    private readonly options: MultiHeadAttentionOptions = {},
  ) {
    super(options);
    this.numHeads = positiveInteger(this, `${this.name}: numHeads`, numHeads);
    this.keyDim = positiveInteger(this, `${this.name}: keyDim`, keyDim);
    this.valueDim = positiveInteger(this, `${this.name}: valueDim`, options.valueDim ?? keyDim);
    this.dropout = rateBelowOne(this, `${this.name}: dropout`, options.dropout ?? 0);
    this.useBias = options.useBias ?? true;
    this.useCausalMask = options.useCausalMask ?? false;
    const { outputShape } = options;
    if (outputShape !== undefined) {
      const dimensions = typeof outputShape === "number" ? [outputShape] : [...outputShape];
      if (dimensions.length === 0 || !dimensions.every(isPositiveInteger)) {
        throw new ModelError(
          "invalid-argument",
          `${this.name}: outputShape takes positive whole numbers; received ${show(outputShape)}.`,
          this,
        );
      }
      this.outputDimensions = dimensions;
    }
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Each step of the query looks at all steps of the value, in several heads at once, and mixes those whose keys fit it.",
      formula: String.raw`y = \sum_{h} \operatorname{softmax}\!\Big(\frac{Q_h K_h^{\mathsf T}}{\sqrt{d_k}}\Big) V_h\, W^O_h`,
      source: "https://keras.io/api/layers/attention_layers/multi_head_attention/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const { query, value, key } = this.shapes(inputShape);
    const heads: SizeFactor = { value: this.numHeads, name: "heads" };
    const keys: SizeFactor = { value: this.keyDim, name: "key units" };
    const values: SizeFactor = { value: this.valueDim, name: "value units" };
    this.query = this.addProjection("query", [this.features(query)], [heads, keys]);
    this.key = this.addProjection("key", [this.features(key)], [heads, keys]);
    this.value = this.addProjection("value", [this.features(value)], [heads, values]);
    const outputs = (this.outputDimensions ?? [this.features(query).value]).map((size) => ({ value: size, name: "outputs" }));
    this.attentionOutput = this.addProjection("attention_output", [heads, values], outputs);
  }

  private addProjection(name: string, inputs: readonly SizeFactor[], outputs: readonly SizeFactor[]): Projection {
    const { options } = this;
    const shapeOf = (factors: readonly SizeFactor[]): number[] => factors.map(({ value }) => value);
    const kernel = this.addWeight(`${name}/kernel`, shapeOf([...inputs, ...outputs]), {
      initializer: options.kernelInitializer ?? "glorotUniform",
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
      factors: [...inputs, ...outputs],
    });
    if (!this.useBias) return { kernel, bias: undefined };
    const bias = this.addWeight(`${name}/bias`, shapeOf(outputs), {
      initializer: options.biasInitializer ?? "zeros",
      regularizer: options.biasRegularizer,
      constraint: options.biasConstraint,
      factors: outputs,
    });
    return { kernel, bias };
  }

  private features(shape: Shape): SizeFactor {
    return { value: lastDimension(this, shape), name: "inputs" };
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    const [query, value, key = value] = inputs as readonly [Tensor, Tensor, Tensor?];
    const [batch = 0, steps = 0] = query.shape;
    const queries = mul(this.toHeads(query, this.query), 1 / Math.sqrt(this.keyDim));
    const scores = matMul(queries, this.toHeads(key, this.key), false, true);
    const visible = this.visible(context.masks, steps, value.shape[1] ?? 0);
    const weights = softmax(visible === undefined ? scores : where(visible, scores, MASKED));
    const dropped =
      context.training && this.dropout > 0 ? mul(weights, dropoutMask(this.dropout, weights.shape, context.random)) : weights;
    const mixed = matMul(dropped, this.toHeads(value, this.value));
    const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [batch * steps, this.numHeads * this.valueDim]);
    return this.project(joined, this.attentionOutput, [batch, steps, ...this.attentionOutput.kernel.shape.slice(2)]);
  }

  /** [batch, steps, features] → [batch, heads, steps, units] */
  private toHeads(x: Tensor, projection: Projection): Tensor {
    const [batch = 0, steps = 0, features = 0] = x.shape;
    const projected = this.project(reshape(x, [batch * steps, features]), projection, [
      batch,
      steps,
      ...projection.kernel.shape.slice(1),
    ]);
    return transpose(projected, [0, 2, 1, 3]);
  }

  private project(rows: Tensor, { kernel, bias }: Projection, shape: number[]): Tensor {
    const product = reshape(matMul(rows, reshape(kernel, [rows.shape[1] ?? 0, -1])), shape);
    return bias === undefined ? product : add(product, bias);
  }

  /** Where a step of the query may look at a step of the value, broadcast over [batch, heads, query steps, value steps]. */
  private visible(masks: readonly (Tensor | undefined)[], querySteps: number, valueSteps: number): Tensor | undefined {
    const [query, ...others] = masks;
    const parts: Tensor[] = [];
    if (query !== undefined) parts.push(expandDims(expandDims(query, 1), 3));
    for (const mask of others) if (mask !== undefined) parts.push(expandDims(expandDims(mask, 1), 2));
    if (this.useCausalMask) {
      const position = (steps: number): Tensor => linspace(0, steps - 1, steps);
      parts.push(greaterEqual(expandDims(position(querySteps), 1), expandDims(position(valueSteps), 0)));
    }
    const [first, ...rest] = parts;
    return first === undefined ? undefined : rest.reduce((all, part) => logicalAnd(all, part), first);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { query, value, key } = this.shapes(inputShape);
    if (this.built) {
      for (const [shape, { kernel }] of [
        [query, this.query],
        [value, this.value],
        [key, this.key],
      ] as const) {
        expectBuiltSize(this, "features", kernel.shape[0], this.features(shape).value, shape);
      }
    }
    return [...query.slice(0, -1), ...(this.outputDimensions ?? [query.at(-1) ?? null])];
  }

  /** @throws ModelError when the inputs do not fit. */
  private shapes(inputShape: Shape | readonly Shape[]): { query: Shape; value: Shape; key: Shape } {
    const list = isShapeList(inputShape) ? inputShape : [];
    const [query = [], value = [], key = value] = list;
    const fits = list.length >= 2 && list.length <= 3 && list.every((shape) => shape.length === 3);
    const [steps = null, keySteps = null] = [value[1], key[1]];
    if (!fits || (steps !== null && keySteps !== null && steps !== keySteps)) {
      const received = isShapeList(inputShape) ? inputShape.map(formatShape).join(", ") : formatShape(inputShape);
      throw new ModelError(
        "shape-mismatch",
        `${this.name} (MultiHeadAttention) received ${received}; expected [query, value] or [query, value, key], each (batch, steps, features), ` +
          `with as many steps in the key as in the value. Call it on a list, for self-attention layer([x, x]).`,
        this,
      );
    }
    return { query, value, key };
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_inputs: TensorInputs, [query]: readonly (Tensor | undefined)[]): Tensor | undefined {
    return query;
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const { query, value, key } = this.shapes(inputShape);
    const [from, to] = [query[1] ?? null, value[1] ?? null];
    const sizes = [query, value, key].map((shape) => sizeOf(shape.slice(1)));
    const [querySize, valueSize, keySize] = sizes;
    if (
      from === null ||
      to === null ||
      typeof querySize !== "number" ||
      typeof valueSize !== "number" ||
      typeof keySize !== "number"
    )
      return null;
    const { numHeads, keyDim, valueDim } = this;
    const outputs = multiply(this.outputDimensions ?? [this.features(query).value]);
    const projections =
      (querySize + keySize) * numHeads * keyDim + valueSize * numHeads * valueDim + from * numHeads * valueDim * outputs;
    return 2 * (projections + from * to * numHeads * (keyDim + valueDim));
  }
}
