import {
  add,
  expandDims,
  logicalAnd,
  matMul,
  mul,
  softmax,
  sub,
  sum,
  tanh,
  type Tensor,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { oneOf, rateBelowOne } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs, type TensorOutputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, isShapeList, type Shape } from "../shape";
import type { Weight } from "../weight";
import { causalMask } from "./attentionMasks";
import { dropoutMask } from "./dropoutMask";
import { expectBuiltSize, lastDimension, sizesDiffer } from "./inputs";
import { floatInputs } from "./mergeLayer";

export interface AdditiveAttentionOptions extends LayerOptions {
  /** Whether the scores are scaled by a learned weight; default `true`. */
  useScale?: boolean | undefined;
  /** The share of the attention weights dropped in training; default 0. */
  dropout?: number | undefined;
  /** Each step attends to itself and earlier steps alone; default `false`. */
  useCausalMask?: boolean | undefined;
  /** Returns the attention weights, (batch, query steps, value steps), after the output; default `false`. */
  returnAttentionScores?: boolean | undefined;
}

export interface AttentionOptions extends Omit<AdditiveAttentionOptions, "useScale"> {
  /** Whether the scores are scaled by a learned weight; default `false`. */
  useScale?: boolean | undefined;
  /** How a query and a key are compared: by their dot product, or by w · Σ tanh(s · (q + k)). Default `"dot"`. */
  scoreMode?: ScoreMode | undefined;
}

export type ScoreMode = "dot" | "concat";

const attentionOptionNames = { useScale: true, dropout: true, useCausalMask: true, returnAttentionScores: true } as const;

/** What Keras takes from a masked score. */
const MASKED = 1e9;

interface AttentionShapes {
  readonly query: Shape;
  readonly value: Shape;
  readonly key: Shape;
}

/** Called on a list: `layer([query, value])` or `layer([query, value, key])`; the key is the value by default. Without heads. */
abstract class PlainAttention extends Layer {
  readonly useScale: boolean;
  readonly dropout: number;
  readonly useCausalMask: boolean;
  readonly returnAttentionScores: boolean;
  protected scale: Weight | undefined;

  constructor(options: AdditiveAttentionOptions, useScale: boolean) {
    super(options);
    this.useScale = options.useScale ?? useScale;
    this.dropout = rateBelowOne(this, `${this.name}: dropout`, options.dropout ?? 0);
    this.useCausalMask = options.useCausalMask ?? false;
    this.returnAttentionScores = options.returnAttentionScores ?? false;
  }

  /** [batch, query steps, value steps] */
  protected abstract scores(query: Tensor, key: Tensor): Tensor;

  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    const [query, value, key = value] = floatInputs(inputs) as [Tensor, Tensor, Tensor?];
    const scores = this.scores(query, key);
    const visible = this.visible(context.masks[1], scores);
    const weights = softmax(visible === undefined ? scores : where(visible, scores, sub(scores, MASKED)));
    const kept =
      context.training && this.dropout > 0 ? mul(weights, dropoutMask(this.dropout, weights.shape, context.random)) : weights;
    const mixed = matMul(kept, value);
    const [queryMask] = context.masks;
    const output = queryMask === undefined ? mixed : where(expandDims(queryMask, -1), mixed, zerosLike(mixed));
    return this.returnAttentionScores ? [output, weights] : output;
  }

  private visible(valueMask: Tensor | undefined, scores: Tensor): Tensor | undefined {
    const [querySteps = 0, valueSteps = 0] = scores.shape.slice(-2);
    const counted = valueMask === undefined ? undefined : expandDims(valueMask, -2);
    if (!this.useCausalMask) return counted;
    const causal = causalMask(querySteps, valueSteps);
    return counted === undefined ? causal : logicalAnd(counted, causal);
  }

  override computeMask(_inputs: TensorInputs, [query]: readonly (Tensor | undefined)[]): ReturnType<Layer["computeMask"]> {
    return this.returnAttentionScores ? [query, undefined] : query;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const { query, value, key } = this.shapes(inputShape);
    const output: Shape = [...query.slice(0, -1), value.at(-1) ?? null];
    return this.returnAttentionScores ? [output, [...query.slice(0, -1), key.at(-2) ?? null]] : output;
  }

  /** @throws ModelError when the inputs do not fit. */
  protected shapes(inputShape: Shape | readonly Shape[]): AttentionShapes {
    const list = isShapeList(inputShape) ? inputShape : [];
    const [query = [], value = [], key = value] = list;
    const ranks = list.length >= 2 && list.length <= 3 && list.every((shape) => shape.length === 3);
    if (!ranks || sizesDiffer(query.at(-1), key.at(-1)) || sizesDiffer(value[1], key[1])) {
      const received = isShapeList(inputShape) ? inputShape.map(formatShape).join(", ") : formatShape(inputShape);
      throw new ModelError(
        "shape-mismatch",
        `${this.name} (${this.className}) received ${received}; expected [query, value] or [query, value, key], each (batch, steps, features), ` +
          `with as many features in the key as in the query, and as many steps in the key as in the value. Call it on a list, for self-attention layer([x, x]).`,
        this,
      );
    }
    return { query, value, key };
  }

  /** Of the products with the values, and of those with the keys where scores are dot products. */
  protected attentionFlops(inputShape: Shape | readonly Shape[], dotProducts: boolean): number | null {
    const { query, value, key } = this.shapes(inputShape);
    const pairs = (query[1] ?? NaN) * (value[1] ?? NaN);
    const flops = 2 * pairs * ((value.at(-1) ?? NaN) + (dotProducts ? (key.at(-1) ?? NaN) : 0));
    return Number.isNaN(flops) ? null : flops;
  }
}

/** The sum over features of what `score` makes of each pair of a query and a key. */
function additiveScores(query: Tensor, key: Tensor, score: (sums: Tensor) => Tensor): Tensor {
  return sum(score(add(expandDims(query, -2), expandDims(key, -3))), -1);
}

/**
 * Dot-product attention (Luong et al. 2015, https://arxiv.org/abs/1508.04025): each step of the query mixes the steps of the value by how well
 * their keys fit. https://keras.io/api/layers/attention_layers/attention/
 */
export class Attention extends PlainAttention {
  static override readonly optionNames = optionNames<AttentionOptions>({ ...attentionOptionNames, scoreMode: true });

  readonly scoreMode: ScoreMode;
  private concatScoreWeight: Weight | undefined;

  constructor(options: AttentionOptions = {}) {
    super(options, false);
    this.scoreMode = oneOf(this, "layers.attention({ scoreMode })", options.scoreMode ?? "dot", ["dot", "concat"]);
  }

  override get documentation(): LayerDocumentation {
    const scale = this.useScale ? String.raw`g\, ` : "";
    const score =
      this.scoreMode === "dot"
        ? String.raw`${scale}Q K^{\mathsf T}`
        : String.raw`w \textstyle\sum_d \tanh(${this.useScale ? String.raw`g\,(Q_d \oplus K_d)` : String.raw`Q_d \oplus K_d`})`;
    return {
      summary: "Each step of the query looks at all steps of the value and mixes those whose keys fit it.",
      formula: String.raw`y = \operatorname{softmax}\!\big(${score}\big)\, V`,
      source: "https://keras.io/api/layers/attention_layers/attention/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    this.shapes(inputShape);
    if (this.useScale) this.scale = this.addWeight("scale", [], { initializer: "ones" });
    if (this.scoreMode === "concat") {
      this.concatScoreWeight = this.addWeight("concat_score_weight", [], { initializer: "ones" });
    }
  }

  protected override scores(query: Tensor, key: Tensor): Tensor {
    const scaled = (x: Tensor): Tensor => (this.scale === undefined ? x : mul(x, this.scale));
    return this.concatScoreWeight === undefined
      ? scaled(matMul(query, key, false, true))
      : mul(
          additiveScores(query, key, (sums) => tanh(scaled(sums))),
          this.concatScoreWeight,
        );
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    return this.attentionFlops(inputShape, this.scoreMode === "dot");
  }
}

/**
 * Additive attention (Bahdanau et al. 2015, https://arxiv.org/abs/1409.0473): queries and keys are compared by a sum of hyperbolic tangents.
 * https://keras.io/api/layers/attention_layers/additive_attention/
 */
export class AdditiveAttention extends PlainAttention {
  static override readonly optionNames = optionNames<AdditiveAttentionOptions>(attentionOptionNames);

  constructor(options: AdditiveAttentionOptions = {}) {
    super(options, true);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Each step of the query mixes the steps of the value by a learned comparison with their keys.",
      formula: String.raw`y_t = \sum_s \operatorname{softmax}_s\!\Big(\textstyle\sum_d ${this.useScale ? "w_d " : ""}\tanh(q_{t,d} + k_{s,d})\Big)\, v_s`,
      source: "https://keras.io/api/layers/attention_layers/additive_attention/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const features = lastDimension(this, this.shapes(inputShape).query);
    if (this.useScale) {
      this.scale = this.addWeight("scale", [features], {
        initializer: "glorotUniform",
        factors: [{ value: features, name: "features" }],
      });
    }
  }

  protected override scores(query: Tensor, key: Tensor): Tensor {
    return additiveScores(query, key, (sums) => (this.scale === undefined ? tanh(sums) : mul(tanh(sums), this.scale)));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const { query } = this.shapes(inputShape);
    const features = lastDimension(this, query);
    expectBuiltSize(this, "features", this.scale?.shape[0] ?? features, features, query);
    return super.computeOutputShape(inputShape);
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    return this.attentionFlops(inputShape, false);
  }
}
