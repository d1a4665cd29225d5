import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  reverse,
  stack,
  type Tensor,
  tile,
  unstack,
  where,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, resolveActivation } from "../activations";
import { positiveInteger, rateBelowOne } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import type { InitializerLike } from "../initializers";
import { Layer, type LayerOptions, type TensorInputs, type TensorOutputs } from "../layer";
import { formatShape, isShapeList, type Shape } from "../shape";
import type { SizeFactor, Weight } from "../weight";
import { dropoutMask } from "./dropoutMask";
import { asFloats, expectBuiltSize, lastDimension } from "./inputs";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

export interface RecurrentOptions
  extends LayerOptions, WeightArguments<"kernel">, WeightArguments<"recurrent">, WeightArguments<"bias"> {
  /** Default `"tanh"`. */
  activation?: ActivationLike | undefined;
  /** Default `true`. */
  useBias?: boolean | undefined;
  /** Returns the output of every step, not of the last alone; default `false`. */
  returnSequences?: boolean | undefined;
  /** Returns the last state (of an LSTM: states) after the output; default `false`. */
  returnState?: boolean | undefined;
  /** Reads the sequence from its end; the outputs come in that order too. Default `false`. */
  goBackwards?: boolean | undefined;
  /** The share of the inputs dropped in training; default 0. One mask serves all steps and gates (Gal & Ghahramani 2016). */
  dropout?: number | undefined;
  /** The share of the recurrent state dropped in training; default 0. One mask serves all steps and gates. */
  recurrentDropout?: number | undefined;
  /** The outputs of masked steps are zeros instead of the output before; default `false`. */
  zeroOutputForMask?: boolean | undefined;
  /** Accepted for the sake of Keras's models; without effect. */
  unroll?: boolean | undefined;
}

export const recurrentOptionNames = {
  activation: true,
  useBias: true,
  returnSequences: true,
  returnState: true,
  goBackwards: true,
  dropout: true,
  recurrentDropout: true,
  zeroOutputForMask: true,
  unroll: true,
  ...weightArgumentNames("kernel"),
  ...weightArgumentNames("recurrent"),
  ...weightArgumentNames("bias"),
} as const;

/** The states of a recurrent layer after a step; the first is the step's output. */
export type States = readonly [Tensor, ...Tensor[]];

export interface RecurrentRun {
  /** Of every step, in the order in which they are read, where the layer returns sequences; else of the last. */
  readonly output: Tensor;
  /** The states after the last step. */
  readonly last: States;
}

/**
 * One step of a recurrent layer.
 *
 * @param projected The step's inputs times the kernel, bias included: [batch, gates · units].
 * @param states Those of the step before.
 * @param recurrent The output of the step before, after recurrent dropout: what the recurrent kernel multiplies.
 */
export type Step = (projected: Tensor, states: States, recurrent: Tensor) => States;

/**
 * A layer that reads a sequence of shape (batch, steps, features), step by step. Subclasses give the arithmetic of one step.
 *
 * Called on a list, `layer([x, h])` (an LSTM: `[x, h, c]`), it starts from these states instead of zeros.
 */
export abstract class Recurrent extends Layer {
  static override readonly mainArguments: readonly string[] = ["units"];

  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly zeroOutputForMask: boolean;
  protected kernel!: Weight;
  protected recurrentKernel!: Weight;
  protected bias: Weight | undefined;
  private features: number | undefined;
  private readonly dropout: number;
  private readonly recurrentDropout: number;

  constructor(
    units: number,
    protected readonly options: RecurrentOptions,
  ) {
    super(options);
    this.units = positiveInteger(this, `${this.name}: units`, units);
    this.activation = resolveActivation(options.activation ?? "tanh");
    this.useBias = options.useBias ?? true;
    this.returnSequences = options.returnSequences ?? false;
    this.returnState = options.returnState ?? false;
    this.goBackwards = options.goBackwards ?? false;
    this.zeroOutputForMask = options.zeroOutputForMask ?? false;
    this.dropout = rateBelowOne(this, `${this.name}: dropout`, options.dropout ?? 0);
    this.recurrentDropout = rateBelowOne(this, `${this.name}: recurrentDropout`, options.recurrentDropout ?? 0);
  }

  /** How many matrices the kernel holds side by side. */
  protected abstract readonly gates: number;

  protected abstract readonly stateCount: number;

  /** The arithmetic of one step. What does not change from step to step is computed here, once for the sequence. */
  protected abstract cell(): Step;

  /** A layer of the same class, with some options changed. */
  abstract copy(changes: RecurrentOptions): Recurrent;

  /** The bias that the projection of the inputs adds. */
  protected get inputBias(): Tensor | undefined {
    return this.bias;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const features = lastDimension(this, this.sequenceShape(inputShape));
    this.features = features;
    const { options, units } = this;
    const gates: SizeFactor[] = [
      ...(this.gates === 1 ? [] : [{ value: this.gates, name: "gates" }]),
      { value: units, name: "units" },
    ];
    const width = this.gates * units;
    this.kernel = this.addWeight("kernel", [features, width], {
      initializer: options.kernelInitializer ?? "glorotUniform",
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
      factors: [{ value: features, name: "inputs" }, ...gates],
    });
    this.recurrentKernel = this.addWeight("recurrent_kernel", [units, width], {
      initializer: options.recurrentInitializer ?? "orthogonal",
      regularizer: options.recurrentRegularizer,
      constraint: options.recurrentConstraint,
      factors: [{ value: units, name: "units" }, ...gates],
    });
    if (this.useBias) this.bias = this.addBias(options.biasInitializer ?? "zeros", gates);
  }

  protected addBias(initializer: InitializerLike, factors: readonly SizeFactor[]): Weight {
    const { biasRegularizer: regularizer, biasConstraint: constraint } = this.options;
    return this.addWeight("bias", [this.gates * this.units], { initializer, regularizer, constraint, factors });
  }

  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    const [sequence, ...given] = (Array.isArray(inputs) ? inputs : [inputs]) as [Tensor, ...Tensor[]];
    const [batch = 0] = sequence.shape;
    const zero = given.length === 0 ? zeros([batch, this.units]) : undefined;
    const initial = (zero === undefined ? given : Array.from({ length: this.stateCount }, () => zero)) as [Tensor, ...Tensor[]];
    const read = this.dropped(asFloats(sequence), context);
    const masks = this.stepMasks(context, batch);
    const isPlain = masks === undefined && !(context.training && this.recurrentDropout > 0);
    const atOnce = isPlain ? this.runAtOnce(this.goBackwards ? reverse(read, 1) : read, initial) : undefined;
    const { output, last } = atOnce ?? this.loop(this.project(read), initial, masks, context);
    return this.returnState ? [output, ...last] : output;
  }

  /**
   * All steps by operations that the engine has for them, where it has any. Subclasses that know such operations override this.
   *
   * @param sequence In the order in which it is read.
   */
  protected runAtOnce(_sequence: Tensor, _initial: States): RecurrentRun | undefined {
    return undefined;
  }

  private dropped(sequence: Tensor, context: CallContext): Tensor {
    const [batch = 0, , features = 0] = sequence.shape;
    const kept = this.dropoutMask(this.dropout, [batch, 1, features], context);
    return kept === undefined ? sequence : mul(sequence, kept);
  }

  /** The inputs of all steps times the kernel, in one product: a tensor for each step, in the order in which they are read. */
  private project(sequence: Tensor): readonly Tensor[] {
    const [batch = 0, steps = 0, features = 0] = sequence.shape;
    const product = matMul(reshape(sequence, [batch * steps, features]), this.kernel);
    const biased = this.inputBias === undefined ? product : add(product, this.inputBias);
    return this.inReadingOrder(unstack(reshape(biased, [batch, steps, this.gates * this.units]), 1));
  }

  private loop(
    projections: readonly Tensor[],
    initial: States,
    masks: readonly Tensor[] | undefined,
    context: CallContext,
  ): RecurrentRun {
    const kept = this.dropoutMask(this.recurrentDropout, initial[0].shape, context);
    const step = this.cell();
    const outputs: Tensor[] = [];
    let states = initial;
    projections.forEach((projected, index) => {
      const former = states;
      const [output, ...others] = step(projected, former, kept === undefined ? former[0] : mul(former[0], kept));
      const mask = masks?.[index];
      states = mask === undefined ? [output, ...others] : carryMasked(mask, [output, ...others], former);
      outputs.push(mask !== undefined && this.zeroOutputForMask ? where(mask, output, zerosLike(output)) : states[0]);
    });
    return { output: this.returnSequences ? stack(outputs, 1) : (outputs.at(-1) ?? states[0]), last: states };
  }

  private dropoutMask(rate: number, shape: readonly number[], context: CallContext): Tensor | undefined {
    return context.training && rate > 0 ? dropoutMask(rate, shape, context.random) : undefined;
  }

  /** The mask of each step, as wide as a state. */
  private stepMasks({ masks: [mask] }: CallContext, batch: number): readonly Tensor[] | undefined {
    if (mask?.rank !== 2) return undefined;
    const [, steps = 0] = mask.shape;
    const wide = tile(expandDims(mask, 2), [1, 1, this.units]);
    return this.inReadingOrder(unstack(reshape(wide, [batch, steps, this.units]), 1));
  }

  private inReadingOrder(steps: readonly Tensor[]): readonly Tensor[] {
    return this.goBackwards ? steps.toReversed() : steps;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const [batch = null, steps = null] = this.sequenceShape(inputShape);
    const state: Shape = [batch, this.units];
    const output: Shape = this.returnSequences ? [batch, steps, this.units] : state;
    return this.returnState ? [output, ...Array.from({ length: this.stateCount }, () => state)] : output;
  }

  /** The shape of the sequence alone. @throws ModelError when an input does not fit. */
  private sequenceShape(inputShape: Shape | readonly Shape[]): Shape {
    const [sequence = [], ...states] = isShapeList(inputShape) ? inputShape : [inputShape];
    if (sequence.length !== 3) {
      const sample = sequence.slice(1);
      const advice =
        sample.length === 1 && !sample.includes(null)
          ? `Add layers.reshape([${[...sample, 1].join(", ")}]) before it: one feature a step. After another recurrent layer, give that one returnSequences: true.`
          : "Bring each step's values into one dimension with layers.reshape.";
      throw new ModelError(
        "shape-mismatch",
        `${this.name} (${this.className}) received an input of shape ${formatShape(sequence)}; expected (batch, steps, features). ${advice}`,
        this,
      );
    }
    const fits = states.every((state) => state.length === 2 && state[1] === this.units);
    if (!fits || (states.length > 0 && states.length !== this.stateCount)) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} takes ${this.stateCount} initial states of shape (batch, ${this.units}) after the sequence; received ${states.map(formatShape).join(", ")}.`,
        this,
      );
    }
    const received = sequence[2] ?? this.features ?? null;
    if (received !== null) expectBuiltSize(this, "features", this.features ?? received, received, sequence);
    return sequence;
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_inputs: TensorInputs, [mask]: readonly (Tensor | undefined)[]): Tensor | undefined {
    return this.returnSequences ? mask : undefined;
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const [, steps = null, features = null] = this.sequenceShape(inputShape);
    return steps === null || features === null ? null : 2 * steps * (features + this.units) * this.gates * this.units;
  }
}

/** Where a step is masked, the states stay as they were. */
function carryMasked(mask: Tensor, states: States, former: States): States {
  const carried = states.map((state, index) => where(mask, state, former[index] ?? state));
  return carried as [Tensor, ...Tensor[]];
}
