import { reshape, Tensor } from "@tensorflow/tfjs-core";
import { show } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, isShapeList, type Shape } from "../shape";

/**
 * Applies a layer to every step of a sequence: to inputs of shape (batch, steps, …).
 *
 * Steps are treated as further samples of one batch, so that batch statistics (batch normalization) are taken over all of them; Keras takes
 * them for each step.
 */
export class TimeDistributed extends Layer {
  static override readonly mainArguments: readonly string[] = ["layer"];
  static override readonly optionNames = optionNames({});

  readonly layer: Layer;

  /** @throws ModelError unless `layer` is a layer. */
  constructor(layer: Layer, options: LayerOptions = {}) {
    super(options);
    if (!(layer instanceof Layer)) {
      throw new ModelError(
        "invalid-argument",
        `layers.timeDistributed(layer) takes a layer such as layers.dense(10); received ${show(layer)}.`,
        this,
      );
    }
    this.layer = layer;
  }

  override get documentation(): LayerDocumentation {
    const inner = this.layer.documentation?.formula;
    return {
      summary: "Applies one layer, with the same weights, to every step of a sequence.",
      formula: inner === undefined || inner === "" ? String.raw`y_t = g(x_t)` : String.raw`y_t = g(x_t),\quad g:\ ${inner}`,
      source: "https://keras.io/api/layers/recurrent_layers/time_distributed/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    this.layer.ensureBuilt(this.stepShape(inputShape));
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    const sequence = inputs as Tensor;
    const [batch = 0, steps = 0, ...rest] = sequence.shape;
    const [mask] = context.masks;
    const folded = mask === undefined ? undefined : reshape(mask, [batch * steps, ...mask.shape.slice(2)]);
    const output = this.layer.run(reshape(sequence, [batch * steps, ...rest]), { ...context, masks: [folded] });
    if (!(output instanceof Tensor)) throw this.severalOutputs();
    return reshape(output, [batch, steps, ...output.shape.slice(1)]);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const step = this.stepShape(inputShape);
    const output = this.layer.computeOutputShape(step);
    if (isShapeList(output)) throw this.severalOutputs();
    const [batch = null, ...rest] = output;
    return [batch, (inputShape as Shape)[1] ?? null, ...rest];
  }

  /** The shape of one step. @throws ModelError when there are no steps. */
  private stepShape(inputShape: Shape | readonly Shape[]): Shape {
    if (isShapeList(inputShape) || inputShape.length < 3) {
      const received = isShapeList(inputShape) ? `${inputShape.length} inputs` : `an input of shape ${formatShape(inputShape)}`;
      throw new ModelError(
        "shape-mismatch",
        `${this.name} (TimeDistributed) received ${received}; expected (batch, steps, …) with at least 3 dimensions. Use the inner layer alone, or give the input a dimension of steps with layers.reshape.`,
        this,
      );
    }
    const [batch = null, , ...rest] = inputShape;
    return [batch, ...rest];
  }

  private severalOutputs(): ModelError {
    return new ModelError(
      "invalid-argument",
      `${this.name} takes a layer with one output; ${this.layer.name} has several.`,
      this,
    );
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const step = this.stepShape(inputShape);
    const steps = (inputShape as Shape)[1] ?? null;
    const flops = this.layer.flops(step, this.layer.computeOutputShape(step));
    return steps === null || flops === null ? null : steps * flops;
  }
}
