import {
  add,
  concat,
  expandDims,
  mul,
  reshape,
  split,
  stack,
  type Tensor,
  transpose,
  unstack,
  where,
  zeros,
} from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, resolveActivation } from "../activations";
import { oneOf, positiveInteger, rateBelowOne } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { resolveInitializer } from "../initializers";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs, type TensorOutputs } from "../layer";
import { optionNames } from "../optionNames";
import { type Dimension, formatShape, isShapeList, type Shape, sizeOf } from "../shape";
import type { Weight } from "../weight";
import { convolve } from "./convolve";
import { dropoutMask } from "./dropoutMask";
import { expectBuiltSize, sizesDiffer } from "./inputs";
import { withUnitForgetBias } from "./lstm";
import { floatInputs } from "./mergeLayer";
import {
  type DataFormat,
  dataFormatOf,
  dimensionNames,
  joinShape,
  knownChannels,
  multiply,
  type Padding,
  type PerDimension,
  perDimension,
  type SpatialRank,
  type SpatialShape,
  splitShape,
  type Window,
  windowPlaces,
} from "./spatial";
import { type WeightArguments, weightArgumentNames, weightOptionsOf } from "./weightOptions";
import { presentTerms } from "./presentTerms";

export interface ConvLSTMOptions
  extends LayerOptions, WeightArguments<"kernel">, WeightArguments<"recurrent">, WeightArguments<"bias"> {
  /** The step of the inputs' kernel; default 1. A stride above 1 excludes dilation. */
  strides?: PerDimension | undefined;
  /** Of the inputs' convolution; default `"valid"`: no padding. That of the state always keeps its size. */
  padding?: Padding | undefined;
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
  /** The distance between the taps of the inputs' kernel; default 1. */
  dilationRate?: PerDimension | undefined;
  /** Default `"tanh"`. */
  activation?: ActivationLike | undefined;
  /** Of the gates; default `"sigmoid"`. */
  recurrentActivation?: ActivationLike | undefined;
  /** Default `true`. */
  useBias?: boolean | undefined;
  /** The forget gate's bias starts at 1; default `true`. */
  unitForgetBias?: boolean | undefined;
  /** Returns the output of every step, not of the last alone; default `false`. */
  returnSequences?: boolean | undefined;
  /** Returns the last output and memory after the output; default `false`. */
  returnState?: boolean | undefined;
  /** Reads the sequence from its end; the outputs come in that order too. Default `false`. */
  goBackwards?: boolean | undefined;
  /** The share of the inputs dropped in training, for each gate anew; default 0. One mask serves all steps. */
  dropout?: number | undefined;
  /** The share of the state dropped in training, for each gate anew; default 0. One mask serves all steps. */
  recurrentDropout?: number | undefined;
}

const convLSTMOptionNames = {
  strides: true,
  padding: true,
  dataFormat: true,
  dilationRate: true,
  activation: true,
  recurrentActivation: true,
  useBias: true,
  unitForgetBias: true,
  returnSequences: true,
  returnState: true,
  goBackwards: true,
  dropout: true,
  recurrentDropout: true,
  ...weightArgumentNames("kernel"),
  ...weightArgumentNames("recurrent"),
  ...weightArgumentNames("bias"),
} as const;

const GATES = 4;

/**
 * A long short-term memory whose products are convolutions (Shi et al. 2015, https://arxiv.org/abs/1506.04214): it reads sequences of images.
 * Its gates stand in the order i, f, c, o. Called on a list, `layer([x, h, c])`, it starts from these states instead of zeros.
 */
abstract class ConvLSTM extends Layer {
  static override readonly mainArguments: readonly string[] = ["filters", "kernelSize"];

  readonly filters: number;
  readonly window: Window;
  readonly dataFormat: DataFormat;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
  readonly useBias: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  private kernel!: Weight;
  private recurrentKernel!: Weight;
  private bias: Weight | undefined;
  private inputChannels: number | undefined;

  constructor(
    readonly rank: SpatialRank,
    filters: number,
    kernelSize: PerDimension,
    private readonly options: ConvLSTMOptions,
  ) {
    super(options);
    this.filters = positiveInteger(this, `${this.name}: filters`, filters);
    this.window = {
      size: perDimension(this, "kernelSize", kernelSize, rank),
      strides: perDimension(this, "strides", options.strides ?? 1, rank),
      dilationRate: perDimension(this, "dilationRate", options.dilationRate ?? 1, rank),
      padding: oneOf(this, `${this.name}: padding`, options.padding ?? "valid", ["valid", "same"]),
    };
    if (this.window.strides.some((stride) => stride > 1) && this.window.dilationRate.some((rate) => rate > 1)) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: strides above 1 exclude a dilationRate above 1; received strides [${this.window.strides.join(", ")}] and dilationRate [${this.window.dilationRate.join(", ")}]. Leave one of them out.`,
        this,
      );
    }
    this.dataFormat = dataFormatOf(this, options.dataFormat);
    this.activation = resolveActivation(options.activation ?? "tanh");
    this.recurrentActivation = resolveActivation(options.recurrentActivation ?? "sigmoid");
    this.useBias = options.useBias ?? true;
    this.returnSequences = options.returnSequences ?? false;
    this.returnState = options.returnState ?? false;
    this.goBackwards = options.goBackwards ?? false;
    this.dropout = rateBelowOne(this, `${this.name}: dropout`, options.dropout ?? 0);
    this.recurrentDropout = rateBelowOne(this, `${this.name}: recurrentDropout`, options.recurrentDropout ?? 0);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Reads a sequence of images or the like and keeps a memory for every place; its gates see a place's neighbourhood.",
      formula: presentTerms(
        this,
        String.raw`\begin{aligned} i, f, o &= \sigma(W_{i,f,o} * x_t + U_{i,f,o} * h_{t-1} + b_{i,f,o}) \\ c_t &= f \odot c_{t-1} + i \odot \phi(W_c * x_t + U_c * h_{t-1} + b_c) \\ h_t &= o \odot \phi(c_t) \end{aligned}`,
      ),
      source: `https://keras.io/api/layers/recurrent_layers/conv_lstm${this.rank}d/`,
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const channels = knownChannels(this, this.parts(inputShape).step);
    this.inputChannels = channels;
    const extent = this.window.size.map((value, axis) => ({
      value,
      name: `kernel ${this.rank === 1 ? "size" : (dimensionNames(this.rank)[axis] ?? "")}`,
    }));
    const gates = [
      { value: GATES, name: "gates" },
      { value: this.filters, name: "filters" },
    ];
    const width = GATES * this.filters;
    this.kernel = this.addWeight("kernel", [...this.window.size, channels, width], {
      ...weightOptionsOf("kernel", this.options, "glorotUniform"),
      factors: [...extent, { value: channels, name: "input channels" }, ...gates],
    });
    this.recurrentKernel = this.addWeight("recurrent_kernel", [...this.window.size, this.filters, width], {
      ...weightOptionsOf("recurrent", this.options, "orthogonal"),
      factors: [...extent, { value: this.filters, name: "filters" }, ...gates],
    });
    if (this.useBias) {
      const settings = weightOptionsOf("bias", this.options, "zeros");
      const drawn = resolveInitializer(settings.initializer);
      const initializer = (this.options.unitForgetBias ?? true) ? withUnitForgetBias(drawn) : drawn;
      this.bias = this.addWeight("bias", [width], { ...settings, initializer, factors: gates });
    }
  }

  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    const [sequence, ...given] = floatInputs(inputs) as [Tensor, ...Tensor[]];
    const projected = this.project(this.channelsLast(sequence, 2), context);
    const shape = [...(projected[0]?.shape.slice(0, -1) ?? []), this.filters];
    const [output, memory] =
      given.length === 0 ? [zeros(shape), zeros(shape)] : given.map((state) => this.channelsLast(state, 1));
    const { outputs, last } = this.loop(projected, [output as Tensor, memory as Tensor], context);
    const results = this.returnSequences ? stack(outputs, 1) : (outputs.at(-1) ?? last[0]);
    const ordered = this.channelsFirst(results, this.returnSequences ? 2 : 1);
    return this.returnState ? [ordered, ...last.map((state) => this.channelsFirst(state, 1))] : ordered;
  }

  /** The inputs of all steps convolved at once: a tensor for each step, in the order in which they are read. */
  private project(sequence: Tensor, context: CallContext): Tensor[] {
    const [batch = 0, steps = 0, ...image] = sequence.shape;
    const kept = this.dropoutMasks(this.dropout, [batch, ...image], context);
    const convolved = convolveGates(
      sequence,
      this.kernel,
      kept?.map((mask) => expandDims(mask, 1)),
      (x, kernel) => convolve(reshape(x, [batch * steps, ...image]), kernel, this.window),
    );
    const biased = this.bias === undefined ? convolved : add(convolved, this.bias);
    const projected = unstack(reshape(biased, [batch, steps, ...biased.shape.slice(1)]), 1);
    return this.goBackwards ? projected.toReversed() : projected;
  }

  private loop(
    projected: readonly Tensor[],
    initial: readonly [Tensor, Tensor],
    context: CallContext,
  ): { outputs: Tensor[]; last: readonly [Tensor, Tensor] } {
    const { activation, recurrentActivation: gate } = this;
    const kept = this.dropoutMasks(this.recurrentDropout, initial[0].shape, context);
    const ones = this.window.size.map(() => 1);
    const window: Window = { size: this.window.size, strides: ones, dilationRate: ones, padding: "same" };
    const masks = this.stepMasks(context, initial[0].rank);
    const outputs: Tensor[] = [];
    let states = initial;
    projected.forEach((step, index) => {
      const [former, memory] = states;
      const recurrent = convolveGates(former, this.recurrentKernel, kept, (x, kernel) => convolve(x, kernel, window));
      const [input, forget, candidate, output] = split(add(step, recurrent), GATES, -1) as [Tensor, Tensor, Tensor, Tensor];
      const renewed = add(mul(gate.apply(forget), memory), mul(gate.apply(input), activation.apply(candidate)));
      const shown = mul(gate.apply(output), activation.apply(renewed));
      const mask = masks?.[index];
      states = mask === undefined ? [shown, renewed] : [where(mask, shown, former), where(mask, renewed, memory)];
      outputs.push(states[0]);
    });
    return { outputs, last: states };
  }

  /** One for each gate. */
  private dropoutMasks(rate: number, shape: readonly number[], context: CallContext): Tensor[] | undefined {
    if (!context.training || rate === 0) return undefined;
    return Array.from({ length: GATES }, () => dropoutMask(rate, shape, context.random));
  }

  /** The mask of each step, broadcast over a state of this rank. */
  private stepMasks({ masks: [mask] }: CallContext, rank: number): Tensor[] | undefined {
    if (mask?.rank !== 2) return undefined;
    const [batch = 0, steps = 0] = mask.shape;
    const ones = Array.from({ length: rank - 1 }, () => 1);
    const masksOfSteps = unstack(reshape(mask, [batch, steps, ...ones]), 1);
    return this.goBackwards ? masksOfSteps.toReversed() : masksOfSteps;
  }

  /** @param first The first spatial axis, or the channels' where they come first. */
  private channelsLast(x: Tensor, first: number): Tensor {
    if (this.dataFormat === "channelsLast") return x;
    const axes = x.shape.map((_, axis) => axis);
    return transpose(x, [...axes.slice(0, first), ...axes.slice(first + 1), first]);
  }

  private channelsFirst(x: Tensor, first: number): Tensor {
    if (this.dataFormat === "channelsLast") return x;
    const axes = x.shape.map((_, axis) => axis);
    return transpose(x, [...axes.slice(0, first), x.rank - 1, ...axes.slice(first, -1)]);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const { steps, step } = this.parts(inputShape);
    const channels = knownChannels(this, step);
    const [sequence = []] = isShapeList(inputShape) ? inputShape : [inputShape];
    expectBuiltSize(this, "input channels", this.inputChannels ?? channels, channels, sequence);
    const state = this.stateShape(step);
    const [batch = null, ...rest] = state;
    const output: Shape = this.returnSequences ? [batch, steps, ...rest] : state;
    return this.returnState ? [output, state, state] : output;
  }

  private stateShape(step: SpatialShape): Shape {
    const spatial = windowPlaces(this, step.spatial, this.window);
    return joinShape({ batch: step.batch, spatial, channels: this.filters }, this.dataFormat);
  }

  /** @throws ModelError when an input does not fit. */
  private parts(inputShape: Shape | readonly Shape[]): { steps: Dimension; step: SpatialShape } {
    const [sequence = [], ...states] = isShapeList(inputShape) ? inputShape : [inputShape];
    if (sequence.length !== this.rank + 3) {
      const names = dimensionNames(this.rank).map((name) => (this.rank === 1 ? "places" : name));
      const expected = this.dataFormat === "channelsLast" ? [...names, "channels"] : ["channels", ...names];
      throw new ModelError(
        "shape-mismatch",
        `${this.name} (${this.className}) received an input of shape ${formatShape(sequence)}; expected a sequence, (batch, steps, ${expected.join(", ")}).`,
        this,
      );
    }
    const [batch = null, steps = null, ...rest] = sequence;
    const step = splitShape(this, [batch, ...rest], this.rank, this.dataFormat);
    const expected = this.stateShape(step);
    const fits = states.every(
      (state) => state.length === expected.length && !state.some((size, axis) => sizesDiffer(size, expected[axis])),
    );
    if (!fits || (states.length !== 0 && states.length !== 2)) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} takes 2 initial states of shape ${formatShape(expected)} after the sequence; received ${states.map(formatShape).join(", ")}.`,
        this,
      );
    }
    return { steps, step };
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(
    _inputs: TensorInputs,
    [mask]: readonly (Tensor | undefined)[],
  ): readonly (Tensor | undefined)[] | undefined {
    return this.returnSequences ? [mask] : undefined;
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const { steps, step } = this.parts(inputShape);
    const places = sizeOf(windowPlaces(this, step.spatial, this.window));
    if (steps === null || places === null) return null;
    const products = multiply(this.window.size) * (knownChannels(this, step) + this.filters) * GATES * this.filters;
    return 2 * steps * places * products;
  }
}

/** Convolves with the kernels of all gates, each after a mask of its own where there are masks. */
function convolveGates(
  x: Tensor,
  kernel: Tensor,
  masks: readonly Tensor[] | undefined,
  convolved: (x: Tensor, kernel: Tensor) => Tensor,
): Tensor {
  if (masks === undefined) return convolved(x, kernel);
  const kernels = split(kernel, GATES, -1);
  return concat(
    masks.map((mask, index) => convolved(mul(x, mask), kernels[index] as Tensor)),
    -1,
  );
}

/** Reads sequences of sequences, (batch, steps, places, channels). */
export class ConvLSTM1D extends ConvLSTM {
  static override readonly optionNames = optionNames<ConvLSTMOptions>(convLSTMOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvLSTMOptions = {}) {
    super(1, filters, kernelSize, options);
  }
}

/** Reads sequences of images, (batch, steps, height, width, channels). */
export class ConvLSTM2D extends ConvLSTM {
  static override readonly optionNames = optionNames<ConvLSTMOptions>(convLSTMOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvLSTMOptions = {}) {
    super(2, filters, kernelSize, options);
  }
}

/** Reads sequences of volumes, (batch, steps, depth, height, width, channels). */
export class ConvLSTM3D extends ConvLSTM {
  static override readonly optionNames = optionNames<ConvLSTMOptions>(convLSTMOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvLSTMOptions = {}) {
    super(3, filters, kernelSize, options);
  }
}
