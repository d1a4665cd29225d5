import type { Tensor } from "@tensorflow/tfjs-core";
import { type Activation as ResolvedActivation, type ActivationLike, resolveActivation } from "../activations";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

/** An activation that is a layer declares its weights for what it is applied to. */
export function buildActivation(activation: ResolvedActivation, inputShape: Shape): void {
  if (activation instanceof Layer) activation.ensureBuilt(inputShape);
}

export function activationOutputShape(activation: ResolvedActivation, inputShape: Shape): Shape {
  return activation.outputShape?.(inputShape) ?? inputShape;
}

/** Applies an activation, given by its name, a function or a layer. https://keras.io/api/layers/core_layers/activation/ */
export class Activation extends ShapePreservingLayer {
  static override readonly mainArguments: readonly string[] = ["activation"];
  static override readonly optionNames = optionNames({});

  readonly activation: ResolvedActivation;

  /** @throws ModelError for a name that is not known. */
  constructor(activation: ActivationLike, options: LayerOptions = {}) {
    super(options);
    this.activation = resolveActivation(activation);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: `Applies ${this.activation.name} to every value.`,
      formula: `y = ${this.activation.formula ?? "f(x)"}`,
      source: "https://keras.io/api/layers/core_layers/activation/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    buildActivation(this.activation, soleShape(this, inputShape));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    return activationOutputShape(this.activation, soleShape(this, inputShape));
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  override call(inputs: TensorInputs): Tensor {
    return this.activation.apply(soleFloats(inputs));
  }
}
