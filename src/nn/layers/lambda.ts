import type { DataType, Tensor } from "@tensorflow/tfjs-core";
import { invalidArgument } from "../arguments";
import type { CallContext } from "../context";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";

export interface LambdaOptions extends LayerOptions {
  /** The shape of one output sample. By default it is found by running the function. */
  outputShape?: Shape | undefined;
}

/** What a lambda is called on: a tensor, or where the layer is called on a list, that list. */
export type LambdaInputs = Tensor & readonly Tensor[];
export type LambdaFunction = (inputs: LambdaInputs, context: CallContext) => Tensor;

/** Any function of tensors as a layer, without weights of its own. https://keras.io/api/layers/core_layers/lambda/ */
export class Lambda extends Layer {
  static override readonly mainArguments: readonly string[] = ["function"];
  static override readonly optionNames = optionNames<LambdaOptions>({ outputShape: true });

  readonly outputShape: Shape | undefined;
  private readonly body: LambdaFunction;

  constructor(body: LambdaFunction, options: LambdaOptions = {}) {
    super(options);
    if (typeof body !== "function")
      throw invalidArgument(this, "layers.lambda(function)", "a function of a tensor or a list of tensors", body);
    this.body = body;
    this.outputShape = options.outputShape;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Applies a function of tensors; it has no weights of its own.",
      formula: "y = f(x)",
      source: "https://keras.io/api/layers/core_layers/lambda/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[], inputDtypes?: readonly DataType[]): Shape | readonly Shape[] {
    return this.outputShape === undefined ? super.computeOutputShape(inputShape, inputDtypes) : [null, ...this.outputShape];
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    return this.body(inputs as LambdaInputs, context);
  }
}
