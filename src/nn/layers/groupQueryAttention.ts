import { positiveInteger } from "../arguments";
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
import { lastDimension, sizesDiffer } from "./inputs";

export type GroupQueryAttentionOptions = HeadAttentionOptions;

/**
 * Grouped-query attention (Ainslie et al. 2023, https://arxiv.org/abs/2305.13245): several heads of the query share the keys and values of one
 * head. Called on a list: `layer([query, value])` or `layer([query, value, key])`, each of shape (batch, steps, features).
 */
export class GroupQueryAttention extends HeadAttention {
  static override readonly mainArguments: readonly string[] = ["headDim", "numQueryHeads", "numKeyValueHeads"];
  static override readonly optionNames = optionNames<GroupQueryAttentionOptions>(headAttentionOptionNames);

  readonly headDim: number;
  readonly numQueryHeads: number;
  readonly numKeyValueHeads: number;
  protected override readonly heads: Heads;

  /** @throws ModelError unless `numKeyValueHeads` divides `numQueryHeads`. */
  constructor(headDim: number, numQueryHeads: number, numKeyValueHeads: number, options: GroupQueryAttentionOptions = {}) {
    super(options);
    this.headDim = positiveInteger(this, `${this.name}: headDim`, headDim);
    this.numQueryHeads = positiveInteger(this, `${this.name}: numQueryHeads`, numQueryHeads);
    this.numKeyValueHeads = positiveInteger(this, `${this.name}: numKeyValueHeads`, numKeyValueHeads);
    if (this.numQueryHeads % this.numKeyValueHeads !== 0) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: numKeyValueHeads must divide numQueryHeads; received ${this.numQueryHeads} query heads and ${this.numKeyValueHeads} key-value heads.`,
        this,
      );
    }
    this.heads = {
      query: this.numQueryHeads,
      keyValue: this.numKeyValueHeads,
      keySize: this.headDim,
      valueSize: this.headDim,
    };
  }

  /** Keras's class has another name than it is exported by. */
  override get className(): string {
    return "GroupedQueryAttention";
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Attention in several heads that share keys and values by groups: nearly as good as one of each, and smaller.",
      formula: this.headFormula({ index: "g", ofHead: "{g(h)}" }),
      source: "https://keras.io/api/layers/attention_layers/group_query_attention/",
    };
  }

  protected override outputDimensions(query: Shape): readonly number[] {
    return [lastDimension(this, query)];
  }

  protected override attentionAxes(): AttentionAxes {
    return new AttentionAxes([1], 3);
  }

  protected override unfit({ query, value, key }: AttentionShapes): string | undefined {
    if ([query, value, key].some((shape) => shape.length !== 3)) return "they have 3 dimensions";
    if (sizesDiffer(query[2], value[2])) return "the query and the value have equally many features";
    return sizesDiffer(value[1], key[1]) ? "the key and the value differ on axis 1" : undefined;
  }
}
