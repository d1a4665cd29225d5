import { add, concat, div, mul, reverse, Tensor } from "@tensorflow/tfjs-core";
import { show } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs, type TensorOutputs } from "../layer";
import { optionNames } from "../optionNames";
import { isShapeList, type Shape } from "../shape";
import { Recurrent } from "./recurrent";

/** How the outputs of the two directions become one; `null` returns both. */
export type MergeMode = "concat" | "sum" | "mul" | "ave" | null;

export interface BidirectionalOptions extends LayerOptions {
  /** Default `"concat"`. */
  mergeMode?: MergeMode | undefined;
  /** Reads backwards; by default a copy of the layer. */
  backwardLayer?: Recurrent | undefined;
}

const MERGE_MODES: readonly MergeMode[] = ["concat", "sum", "mul", "ave", null];

/** Reads a sequence in both directions (Schuster & Paliwal 1997), with copies of a recurrent layer. */
export class Bidirectional extends Layer {
  static override readonly mainArguments: readonly string[] = ["layer"];
  static override readonly optionNames = optionNames<BidirectionalOptions>({ mergeMode: true, backwardLayer: true });

  readonly mergeMode: MergeMode;
  readonly forwardLayer: Recurrent;
  readonly backwardLayer: Recurrent;

  /** @throws ModelError unless `layer` is recurrent. */
  constructor(layer: Recurrent, options: BidirectionalOptions = {}) {
    super(options);
    const { backwardLayer, mergeMode = "concat" } = options;
    for (const inner of [layer, backwardLayer ?? layer]) {
      if (!(inner instanceof Recurrent)) {
        throw this.invalid(`takes a recurrent layer such as layers.lstm(64); received ${show(inner)}`);
      }
    }
    if (!MERGE_MODES.includes(mergeMode)) {
      throw this.invalid(`takes a mergeMode of ${MERGE_MODES.map(show).join(", ")}; received ${show(mergeMode)}`);
    }
    this.mergeMode = mergeMode;
    const { returnSequences, returnState } = layer;
    this.forwardLayer = layer.copy({ name: `forward_${layer.name}`, zeroOutputForMask: returnSequences });
    this.backwardLayer = (backwardLayer ?? layer).copy({
      name: backwardLayer?.name ?? `backward_${layer.name}`,
      goBackwards: backwardLayer?.goBackwards ?? true,
      zeroOutputForMask: returnSequences,
    });
    const alike = this.backwardLayer.returnSequences === returnSequences && this.backwardLayer.returnState === returnState;
    if (layer.goBackwards === this.backwardLayer.goBackwards || !alike) {
      throw this.invalid("takes two layers that differ in goBackwards and agree in returnSequences and returnState");
    }
  }

  private invalid(what: string): ModelError {
    return new ModelError("invalid-argument", `layers.bidirectional(layer) ${what}.`, this);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Reads a sequence forwards and backwards, so that each output knows what comes after it too.",
      formula: String.raw`${this.mergedFormula()},\quad ${halfFormula(this.forwardLayer, "rightarrow")},\quad ${halfFormula(this.backwardLayer, "leftarrow")}`,
      source: "https://keras.io/api/layers/recurrent_layers/bidirectional/",
    };
  }

  private mergedFormula(): string {
    const [forward, backward] = [String.raw`\overrightarrow{h}_t`, String.raw`\overleftarrow{h}_t`];
    switch (this.mergeMode) {
      case "sum":
        return `y_t = ${forward} + ${backward}`;
      case "mul":
        return String.raw`y_t = ${forward} \odot ${backward}`;
      case "ave":
        return String.raw`y_t = \tfrac12\big(${forward} + ${backward}\big)`;
      default:
        return String.raw`y_t = \big[${forward},\ ${backward}\big]`;
    }
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const [forward, backward] = halves(shapesOf(inputShape));
    this.forwardLayer.ensureBuilt(forward);
    this.backwardLayer.ensureBuilt(backward);
  }

  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    const [forwardInputs, backwardInputs] = halves(listOf(inputs));
    const [forward, ...forwardStates] = listOf(this.forwardLayer.run(forwardInputs, context));
    const [backward, ...backwardStates] = listOf(this.backwardLayer.run(backwardInputs, context));
    const inOrder = this.forwardLayer.returnSequences ? reverse(backward, 1) : backward;
    const outputs = [...this.merge(forward, inOrder), ...forwardStates, ...backwardStates];
    return outputs.length === 1 ? (outputs[0] as Tensor) : outputs;
  }

  private merge(forward: Tensor, backward: Tensor): Tensor[] {
    switch (this.mergeMode) {
      case "concat":
        return [concat([forward, backward], -1)];
      case "sum":
        return [add(forward, backward)];
      case "mul":
        return [mul(forward, backward)];
      case "ave":
        return [div(add(forward, backward), 2)];
      case null:
        return [forward, backward];
    }
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const [forwardShape, backwardShape] = halves(shapesOf(inputShape));
    const [forward, ...forwardStates] = shapesOf(this.forwardLayer.computeOutputShape(forwardShape));
    const [backward, ...backwardStates] = shapesOf(this.backwardLayer.computeOutputShape(backwardShape));
    const width = this.forwardLayer.units + (this.mergeMode === "concat" ? this.backwardLayer.units : 0);
    const merged = this.mergeMode === null ? [forward, backward] : [[...forward.slice(0, -1), width]];
    const outputs = [...merged, ...forwardStates, ...backwardStates];
    return outputs.length === 1 ? (outputs[0] ?? []) : outputs;
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_inputs: TensorInputs, [mask]: readonly (Tensor | undefined)[]): Tensor | undefined {
    return this.forwardLayer.returnSequences ? mask : undefined;
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const [forward, backward] = halves(shapesOf(inputShape)).map((half, direction) =>
      (direction === 0 ? this.forwardLayer : this.backwardLayer).flops(half),
    );
    return typeof forward === "number" && typeof backward === "number" ? forward + backward : null;
  }
}

/** The sequence with each direction's initial states, of which the first half are the forward layer's. */
function halves<T>([sequence, ...states]: readonly [T, ...T[]]): [forward: readonly T[], backward: readonly T[]] {
  const middle = Math.ceil(states.length / 2);
  return [
    [sequence, ...states.slice(0, middle)],
    [sequence, ...states.slice(middle)],
  ];
}

function listOf(tensors: TensorOutputs): readonly [Tensor, ...Tensor[]] {
  const [first, ...rest] = tensors instanceof Tensor ? [tensors] : tensors;
  return [first as Tensor, ...rest];
}

function shapesOf(shape: Shape | readonly Shape[]): readonly [Shape, ...Shape[]] {
  const [first = [], ...rest] = isShapeList(shape) ? shape : [shape];
  return [first, ...rest];
}

/** One direction, with the arrow over everything of its own. */
function halfFormula(layer: Recurrent, arrow: "rightarrow" | "leftarrow"): string {
  const over = (symbol: string): string => String.raw`\over${arrow}{${symbol}}`;
  const weights = [over("W"), over("U"), ...(layer.weights.some(({ spec }) => spec.name === "bias") ? [over("b")] : [])];
  return String.raw`${over("h")} = \operatorname{${layer.className}}(x;\ ${weights.join(", ")})`;
}
