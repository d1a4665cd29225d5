import { cast, gather, notEqual, type Tensor } from "@tensorflow/tfjs-core";
import { positiveInteger } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { soleShape, soleTensor } from "./inputs";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

export interface EmbeddingOptions extends LayerOptions, WeightArguments<"embeddings"> {
  /** Whether 0 is padding, masked in the layers that follow. Default `false`. */
  maskZero?: boolean | undefined;
}

/**
 * A learned row for each whole number. Input (batch, …) of numbers from 0 to inputDim − 1, output (batch, …, outputDim).
 * The rows are drawn uniformly from −0.05 to 0.05. https://keras.io/api/layers/core_layers/embedding/
 */
export class Embedding extends Layer {
  static override readonly mainArguments: readonly string[] = ["inputDim", "outputDim"];
  static override readonly optionNames = optionNames<EmbeddingOptions>({ maskZero: true, ...weightArgumentNames("embeddings") });

  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  embeddings!: Weight;
  private readonly options: EmbeddingOptions;

  constructor(inputDim: number, outputDim: number, options: EmbeddingOptions = {}) {
    super(options);
    this.inputDim = positiveInteger(this, "layers.embedding(inputDim, outputDim): inputDim", inputDim);
    this.outputDim = positiveInteger(this, "layers.embedding(inputDim, outputDim): outputDim", outputDim);
    this.maskZero = options.maskZero ?? false;
    this.options = options;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Looks up a learned row of numbers for each whole number.",
      formula: String.raw`y = E_x,\ E \in \mathbb R^{${this.inputDim} \times ${this.outputDim}}`,
      source: "https://keras.io/api/layers/core_layers/embedding/",
    };
  }

  override get supportsMasking(): boolean {
    return this.maskZero;
  }

  override computeMask(inputs: TensorInputs): Tensor | undefined {
    return this.maskZero ? notEqual(soleTensor(inputs), 0) : undefined;
  }

  override build(): void {
    this.embeddings = this.addWeight("embeddings", [this.inputDim, this.outputDim], {
      initializer: this.options.embeddingsInitializer ?? "randomUniform",
      regularizer: this.options.embeddingsRegularizer,
      constraint: this.options.embeddingsConstraint,
      factors: [
        { value: this.inputDim, name: "words" },
        { value: this.outputDim, name: "dimensions" },
      ],
    });
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    return [...soleShape(this, inputShape), this.outputDim];
  }

  override call(inputs: TensorInputs): Tensor {
    return gather(this.embeddings, cast(soleTensor(inputs), "int32"));
  }

  override flops(): number {
    return 0;
  }
}
