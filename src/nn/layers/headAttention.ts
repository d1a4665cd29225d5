import {
  add,
  expandDims,
  logicalAnd,
  matMul,
  mul,
  reshape,
  sigmoid,
  softmax,
  type Tensor,
  tile,
  transpose,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { positiveInteger, rateBelowOne } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { withFans } from "../initializers";
import { Layer, type LayerOptions, type TensorInputs, type TensorOutputs } from "../layer";
import { formatShape, isShapeList, type Shape, sizeOf } from "../shape";
import type { SizeFactor, Weight } from "../weight";
import { AttentionAxes } from "./attentionAxes";
import { causalMask, slidingWindowMask } from "./attentionMasks";
import { dropoutMask } from "./dropoutMask";
import { expectBuiltSize, lastDimension } from "./inputs";
import { floatInputs } from "./mergeLayer";
import { multiply } from "./spatial";
import { type WeightArguments, weightArgumentNames, weightOptionsOf } from "./weightOptions";

export interface HeadAttentionOptions extends LayerOptions, WeightArguments<"kernel">, WeightArguments<"bias"> {
  /** The share of the attention weights dropped in training; default 0. */
  dropout?: number | undefined;
  /** Default `true`. */
  useBias?: boolean | undefined;
  /** Whether a sigmoid of the query decides how much of each head's result passes; default `false`. */
  useGate?: boolean | undefined;
  /** Each step attends to itself and earlier steps alone; default `false`. */
  useCausalMask?: boolean | undefined;
  /** Each step attends to steps less than so many away; default: to all. */
  slidingWindow?: number | undefined;
  /** Returns the attention weights, (batch, heads, query steps, value steps), after the output; default `false`. */
  returnAttentionScores?: boolean | undefined;
}

export const headAttentionOptionNames = {
  dropout: true,
  useBias: true,
  useGate: true,
  useCausalMask: true,
  slidingWindow: true,
  returnAttentionScores: true,
  ...weightArgumentNames("kernel"),
  ...weightArgumentNames("bias"),
} as const;

/** The numbers that tell the kinds of attention with heads apart. */
export interface Heads {
  readonly query: number;
  /** The heads of keys and values, each shared by as many heads of the query. */
  readonly keyValue: number;
  /** The size of each head's keys. */
  readonly keySize: number;
  readonly valueSize: number;
}

/** A linear map into or out of the heads. */
interface Projection {
  readonly kernel: Weight;
  readonly bias: Weight | undefined;
}

export interface AttentionShapes {
  readonly query: Shape;
  readonly value: Shape;
  readonly key: Shape;
}

/** A masked score: below every other, and finite, so that a row that is masked throughout stays a number. */
const MASKED = -0.7 * 3.4028234663852886e38;
/** What Keras's softmax layer puts in a masked place. */
const MASKED_IN_SOFTMAX = -1e9;

/**
 * Attention with several heads. Called on a list: `layer([query, value])` or `layer([query, value, key])`; the key is the value by default.
 * `layer([x, x])` is self-attention.
 */
export abstract class HeadAttention extends Layer {
  readonly dropout: number;
  readonly useBias: boolean;
  readonly useGate: boolean;
  readonly useCausalMask: boolean;
  readonly slidingWindow: number | undefined;
  readonly returnAttentionScores: boolean;
  private query!: Projection;
  private key!: Projection;
  private gate: Projection | undefined;
  private value!: Projection;
  private attentionOutput!: Projection;

  constructor(protected readonly options: HeadAttentionOptions) {
    super(options);
    this.dropout = rateBelowOne(this, `${this.name}: dropout`, options.dropout ?? 0);
    this.useBias = options.useBias ?? true;
    this.useGate = options.useGate ?? false;
    this.useCausalMask = options.useCausalMask ?? false;
    const { slidingWindow } = options;
    this.slidingWindow =
      slidingWindow === undefined ? undefined : positiveInteger(this, `${this.name}: slidingWindow`, slidingWindow);
    this.returnAttentionScores = options.returnAttentionScores ?? false;
  }

  protected abstract readonly heads: Heads;

  /** The dimensions of the output after those of the query's places. */
  protected abstract outputDimensions(query: Shape): readonly number[];

  /** The axes along which steps attend to each other. @throws ModelError where the query does not have them. */
  protected abstract attentionAxes(query: Shape): AttentionAxes;

  /** The ranks that the inputs may have, in words for an error message; `undefined` where they fit. */
  protected abstract unfit(shapes: AttentionShapes): string | undefined;

  override build(inputShape: Shape | readonly Shape[]): void {
    const { query, value, key } = this.shapes(inputShape);
    const { heads } = this;
    const axes = this.attentionAxes(query);
    if (axes.axes.length > 1 && (this.useCausalMask || this.slidingWindow !== undefined)) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: useCausalMask and slidingWindow need one attention axis; received ${axes.axes.join(", ")}. Choose one with attentionAxes.`,
        this,
      );
    }
    const queryHeads: SizeFactor = { value: heads.query, name: "heads" };
    const keyValueHeads: SizeFactor = {
      value: heads.keyValue,
      name: heads.query === heads.keyValue ? "heads" : "key-value heads",
    };
    const keys: SizeFactor = { value: heads.keySize, name: "key units" };
    const values: SizeFactor = { value: heads.valueSize, name: "value units" };
    this.query = this.addProjection("query", [this.features(query)], [queryHeads, keys]);
    this.key = this.addProjection("key", [this.features(key)], [keyValueHeads, keys]);
    if (this.useGate) this.gate = this.addProjection("gate", [this.features(query)], [queryHeads, values]);
    this.value = this.addProjection("value", [this.features(value)], [keyValueHeads, values]);
    const outputs = this.outputDimensions(query).map((size) => ({ value: size, name: "outputs" }));
    this.attentionOutput = this.addProjection("attention_output", [queryHeads, values], outputs);
  }

  /** The output with its projections. @param group The index of the heads of keys and values, and that of head h among them. */
  protected headFormula(group: { readonly index: string; readonly ofHead: string }): string {
    const { index, ofHead } = group;
    const projection = (input: string, name: string, head: string): string =>
      `${input}\\, W^${name}_${head}${this.useBias ? ` + b^${name}_${head}` : ""}`;
    const gate = this.useGate ? String.raw`\odot \sigma(${projection("q", "G", "h")})\,` : "";
    const bias = this.useBias ? " + b^O" : "";
    const mixed = String.raw`\operatorname{softmax}\!\Big(\frac{Q_h K_${ofHead}^{\mathsf T}}{\sqrt{d}}\Big) V_${ofHead}\, ${gate}`;
    const parts = [
      `Q_h = ${projection("q", "Q", "h")}`,
      `K_${index} = ${projection("k", "K", index)}`,
      `V_${index} = ${projection("v", "V", index)}`,
    ];
    return String.raw`\begin{gathered} y = \sum_{h} ${mixed} W^O_h${bias} \\ ${parts.join(String.raw`,\quad `)} \end{gathered}`;
  }

  private addProjection(name: string, inputs: readonly SizeFactor[], outputs: readonly SizeFactor[]): Projection {
    const { options } = this;
    const sizes = (factors: readonly SizeFactor[]): number[] => factors.map(({ value }) => value);
    const settings = weightOptionsOf("kernel", options, "glorotUniform");
    const kernel = this.addWeight(`${name}/kernel`, sizes([...inputs, ...outputs]), {
      ...settings,
      initializer: withFans(settings.initializer, { fanIn: multiply(sizes(inputs)), fanOut: multiply(sizes(outputs)) }),
      factors: [...inputs, ...outputs],
    });
    if (!this.useBias) return { kernel, bias: undefined };
    const bias = this.addWeight(`${name}/bias`, sizes(outputs), {
      ...weightOptionsOf("bias", options, "zeros"),
      factors: outputs,
    });
    return { kernel, bias };
  }

  private features(shape: Shape): SizeFactor {
    return { value: lastDimension(this, shape), name: "inputs" };
  }

  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    const given = floatInputs(inputs) as [Tensor, Tensor, Tensor?];
    const axes = this.attentionAxes(given[0].shape);
    const [query, value, key = value] = given.map((x) => x && axes.toSteps(x)) as [Tensor, Tensor, Tensor?];
    const { heads } = this;
    const [rows = 0, steps = 0] = query.shape;
    const valueSteps = value.shape[1] ?? 0;
    const shared = heads.query / heads.keyValue;
    // Heads that share keys and values stand below each other, as further steps of one head.
    const byKeys = (x: Tensor): Tensor => (shared === 1 ? x : reshape(x, [rows, heads.keyValue, shared * steps, -1]));
    const byHeads = (x: Tensor): Tensor => (shared === 1 ? x : reshape(x, [rows, heads.query, steps, -1]));
    const queries = mul(this.toHeads(query, this.query), 1 / Math.sqrt(heads.keySize));
    const scores = byHeads(matMul(byKeys(queries), this.toHeads(key, this.key), false, true));
    const weights = this.normalize(scores, axes.rank, this.visible(context.masks, axes, given[0].shape, steps, valueSteps));
    const dropped =
      context.training && this.dropout > 0 ? mul(weights, dropoutMask(this.dropout, weights.shape, context.random)) : weights;
    const mixed = byHeads(matMul(byKeys(dropped), this.toHeads(value, this.value)));
    const gated = this.gate === undefined ? mixed : mul(mixed, sigmoid(this.toHeads(query, this.gate)));
    const joined = reshape(transpose(gated, [0, 2, 1, 3]), [rows * steps, heads.query * heads.valueSize]);
    const dimensions = this.attentionOutput.kernel.shape.slice(2);
    const output = axes.fromSteps(project(joined, this.attentionOutput, [rows, steps, ...dimensions]), given[0].shape);
    return this.returnAttentionScores ? [output, axes.scores(weights, given[0].shape, given[1].shape)] : output;
  }

  /** [rows, steps, features] → [rows, heads, steps, units] */
  private toHeads(x: Tensor, projection: Projection): Tensor {
    const [rows = 0, steps = 0, features = 0] = x.shape;
    const shape = [rows, steps, ...projection.kernel.shape.slice(1)];
    return transpose(project(reshape(x, [rows * steps, features]), projection, shape), [0, 2, 1, 3]);
  }

  /** As in Keras, a row that is masked throughout is spread evenly, or 0 where dropout, the scores or more than 3 dimensions are asked for. */
  private normalize(scores: Tensor, rank: number, visible: Tensor | undefined): Tensor {
    if (visible === undefined) return softmax(scores);
    const spread = this.dropout === 0 && !this.returnAttentionScores && rank === 3;
    if (spread) return softmax(where(visible, scores, MASKED));
    const weights = softmax(where(visible, scores, MASKED_IN_SOFTMAX));
    return where(visible, weights, zerosLike(weights));
  }

  /** Where a step of the query may look at a step of the value, broadcast over [rows, heads, query steps, value steps]. */
  private visible(
    masks: readonly (Tensor | undefined)[],
    axes: AttentionAxes,
    queryShape: readonly number[],
    querySteps: number,
    valueSteps: number,
  ): Tensor | undefined {
    const [query, ...others] = masks.map((mask) => mask && this.maskOfRows(mask, axes, queryShape));
    const parts: Tensor[] = [];
    if (query !== undefined) parts.push(expandDims(expandDims(query, 1), 3));
    for (const mask of others) if (mask !== undefined) parts.push(expandDims(expandDims(mask, 1), 2));
    if (this.useCausalMask) parts.push(causalMask(querySteps, valueSteps));
    if (this.slidingWindow !== undefined) parts.push(slidingWindowMask(querySteps, valueSteps, this.slidingWindow));
    const [first, ...rest] = parts;
    return first === undefined ? undefined : rest.reduce((all, part) => logicalAnd(all, part), first);
  }

  /** A mask of (batch, steps) for each of the rows that attend separately. */
  private maskOfRows(mask: Tensor, axes: AttentionAxes, queryShape: readonly number[]): Tensor {
    if (axes.axes.length > 1 || axes.axes[0] !== 1) {
      throw new ModelError(
        "invalid-argument",
        `${this.name} received a mask of steps, which counts along axis 1, and attends along ${axes.axes.join(", ")}. Set attentionAxes: [1], or end the mask before it.`,
        this,
      );
    }
    const rows = multiply(axes.others.map((axis) => queryShape[axis] ?? 1));
    if (rows === 1) return mask;
    const [batch = 0, steps = 0] = mask.shape;
    return reshape(tile(expandDims(mask, 1), [1, rows, 1]), [batch * rows, steps]);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const { query, value, key } = this.shapes(inputShape);
    const axes = this.attentionAxes(query);
    if (this.built) {
      for (const [shape, { kernel }] of [
        [query, this.query],
        [value, this.value],
        [key, this.key],
      ] as const) {
        expectBuiltSize(this, "features", kernel.shape[0], this.features(shape).value, shape);
      }
    }
    const output: Shape = [...query.slice(0, -1), ...this.outputDimensions(query)];
    return this.returnAttentionScores ? [output, axes.scoresShape(query, value, this.heads.query)] : output;
  }

  /** @throws ModelError when the inputs do not fit. */
  protected shapes(inputShape: Shape | readonly Shape[]): AttentionShapes {
    const list = isShapeList(inputShape) ? inputShape : [];
    const [query = [], value = [], key = value] = list;
    const shapes = { query, value, key };
    const problem = list.length < 2 || list.length > 3 ? "a list of two or three tensors" : this.unfit(shapes);
    if (problem !== undefined) {
      const received = isShapeList(inputShape) ? inputShape.map(formatShape).join(", ") : formatShape(inputShape);
      throw new ModelError(
        "shape-mismatch",
        `${this.name} (${this.className}) received ${received}; expected [query, value] or [query, value, key], each (batch, steps, features), ` +
          `with as many steps in the key as in the value: ${problem}. Call it on a list, for self-attention layer([x, x]).`,
        this,
      );
    }
    return shapes;
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_inputs: TensorInputs, [query]: readonly (Tensor | undefined)[]): ReturnType<Layer["computeMask"]> {
    return this.returnAttentionScores ? [query, undefined] : query;
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const { query, value, key } = this.shapes(inputShape);
    const { heads } = this;
    const axes = this.attentionAxes(query);
    const size = (shape: Shape): number => sizeOf(shape) ?? NaN;
    const places = size(query.slice(1, -1));
    const pairs = places * size(axes.axes.map((axis) => value[axis] ?? null));
    const gate = this.useGate ? heads.valueSize : 0;
    const projections =
      size(query.slice(1)) * heads.query * (heads.keySize + gate) +
      size(key.slice(1)) * heads.keyValue * heads.keySize +
      size(value.slice(1)) * heads.keyValue * heads.valueSize +
      places * heads.query * heads.valueSize * multiply(this.outputDimensions(query));
    const flops = 2 * (projections + pairs * heads.query * (heads.keySize + heads.valueSize));
    return Number.isNaN(flops) ? null : flops;
  }
}

function project(rows: Tensor, { kernel, bias }: Projection, shape: number[]): Tensor {
  const product = reshape(matMul(rows, reshape(kernel, [rows.shape[1] ?? 0, -1])), shape);
  return bias === undefined ? product : add(product, bias);
}
