import { isPositiveInteger, positiveInteger, show } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { AttentionAxes } from "./attentionAxes";
import {
  type AttentionShapes,
  HeadAttention,
  headAttentionOptionNames,
  type HeadAttentionOptions,
  type Heads,
} from "./headAttention";
import { lastDimension, resolveAxes, sizesDiffer } from "./inputs";

export interface MultiHeadAttentionOptions extends HeadAttentionOptions {
  /** The size of each head's values; default `keyDim`. */
  valueDim?: number | undefined;
  /** The size of the output, or its dimensions; default: the query's features. */
  outputShape?: number | readonly number[] | undefined;
  /** The axis or axes along which steps attend to each other; default: all between the batch and the features. */
  attentionAxes?: number | readonly number[] | undefined;
}

/**
 * Multi-head attention (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762). Called on a list: `layer([query, value])` or
 * `layer([query, value, key])`, each of shape (batch, steps, features) or with more axes, see `attentionAxes`; the key is the value by
 * default. `layer([x, x])` is self-attention.
 */
export class MultiHeadAttention extends HeadAttention {
  static override readonly mainArguments: readonly string[] = ["numHeads", "keyDim"];
  static override readonly optionNames = optionNames<MultiHeadAttentionOptions>({
    ...headAttentionOptionNames,
    valueDim: true,
    outputShape: true,
    attentionAxes: true,
  });

  readonly numHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  protected override readonly heads: Heads;
  private readonly declaredOutput: readonly number[] | undefined;
  private readonly declaredAxes: number | readonly number[] | undefined;

  constructor(numHeads: number, keyDim: number, options: MultiHeadAttentionOptions = {}) {
    super(options);
    this.numHeads = positiveInteger(this, `${this.name}: numHeads`, numHeads);
    this.keyDim = positiveInteger(this, `${this.name}: keyDim`, keyDim);
    this.valueDim = positiveInteger(this, `${this.name}: valueDim`, options.valueDim ?? keyDim);
    this.heads = { query: this.numHeads, keyValue: this.numHeads, keySize: this.keyDim, valueSize: this.valueDim };
    this.declaredAxes = options.attentionAxes;
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
      this.declaredOutput = dimensions;
    }
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Each step of the query looks at all steps of the value, in several heads at once, and mixes those whose keys fit it.",
      formula: this.headFormula({ index: "h", ofHead: "h" }),
      source: "https://keras.io/api/layers/attention_layers/multi_head_attention/",
    };
  }

  protected override outputDimensions(query: Shape): readonly number[] {
    return this.declaredOutput ?? [lastDimension(this, query)];
  }

  protected override attentionAxes(query: Shape): AttentionAxes {
    const rank = query.length;
    const all = Array.from({ length: rank - 2 }, (_, index) => index + 1);
    return new AttentionAxes(
      this.declaredAxes === undefined ? all : resolveAxes(this, this.declaredAxes, query.slice(0, -1)),
      rank,
    );
  }

  protected override unfit({ query, value, key }: AttentionShapes): string | undefined {
    const rank = query.length;
    if (rank < 3 || value.length !== rank || key.length !== rank) return "they have at least 3 dimensions, and equally many";
    const { axes } = this.attentionAxes(query);
    for (let axis = 1; axis < rank - 1; axis++) {
      if (sizesDiffer(value[axis], key[axis])) return `the key and the value differ on axis ${axis}`;
      if (!axes.includes(axis) && sizesDiffer(query[axis], value[axis]))
        return `the query and the value differ on axis ${axis}, which is no attention axis`;
    }
    return undefined;
  }
}
