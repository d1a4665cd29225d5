import { type DataType, div, Tensor } from "@tensorflow/tfjs-core";
import { show } from "./arguments";
import { inputsMeant } from "./callArguments";
import { callOrigin } from "./callOrigin";
import { type ConstraintLike, resolveConstraint } from "./constraints";
import { type CallContext, currentContext, withContext } from "./context";
import { declarations } from "./declarations";
import { ModelError } from "./errors";
import { inferOutputShape } from "./infer";
import { type InitializerLike, resolveInitializer } from "./initializers";
import { maskOf, rememberMask } from "./masks";
import { type OptionNames, reportUnknownOptions } from "./optionNames";
import { noteMaker, reportPassingLayer } from "./passingLayers";
import { type Regularizer, type RegularizerLike, resolveRegularizer } from "./regularizers";
import { isShapeList, type Shape } from "./shape";
import { Node, type SymbolicInputs, SymbolicTensor } from "./symbolic";
import { type SizeFactor, Weight } from "./weight";
import { checkWeightDeclaration } from "./weightDeclaration";
import { wrongOptions } from "./wrongOptions";

export interface LayerOptions {
  /** By default Keras's automatic name: `dense`, `dense_1`, … */
  name?: string | undefined;
  /** `false` freezes the layer: its weights count as non-trainable. Default `true`. */
  trainable?: boolean | undefined;
  /** The shape of one sample, for the first layer of a sequential model that declares none itself. */
  inputShape?: Shape | undefined;
  /** A penalty on the output, added to the loss (divided by the batch size, as in Keras). */
  activityRegularizer?: RegularizerLike | undefined;
}

export interface WeightOptions {
  /** Default `"glorotUniform"`. */
  initializer?: InitializerLike | undefined;
  /** Default `true`. */
  trainable?: boolean | undefined;
  regularizer?: RegularizerLike | undefined;
  constraint?: ConstraintLike | undefined;
  /** Default `"float32"`. */
  dtype?: DataType | undefined;
  /** The factors of the weight's size with their names, for the derivation of the parameter count; by default the shape's dimensions. */
  factors?: readonly SizeFactor[] | undefined;
}

/** What a layer teaches about itself. */
export interface LayerDocumentation {
  /** One sentence on what the layer computes. */
  readonly summary: string;
  /** The output's formula in LaTeX, x the input and y the output. */
  readonly formula: string;
  /** Keras's page or the paper. */
  readonly source: string;
}

export type TensorInputs = Tensor | readonly Tensor[];
export type TensorOutputs = Tensor | readonly Tensor[];

/** An object that can be called as a function: `layers.dense(64)(x)`. */
abstract class CallableInstance {
  constructor() {
    const call = (inputs: unknown, second?: unknown): unknown =>
      instance.apply(second === undefined ? inputs : inputsMeant(instance, inputs, second));
    const instance = Object.setPrototypeOf(call, new.target.prototype) as Layer;
    // A function's own `name` and `length` would hide the layer's.
    delete (instance as { name?: unknown }).name;
    delete (instance as { length?: unknown }).length;
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- TypeScript does not see the prototype that was set
    return instance as unknown as this;
  }
}

/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging -- the constructor of a layer does return a function */
export interface Layer {
  (inputs: SymbolicTensor): SymbolicTensor;
  (inputs: readonly SymbolicTensor[]): SymbolicTensor;
  (inputs: Tensor): Tensor;
  (inputs: readonly Tensor[]): Tensor;
}

/**
 * A layer: the weights it declares, its output shape, its forward pass, its formula, its FLOPs and its documentation, in one class.
 * The hints, the summary, the diagram and the trainer all read this class.
 *
 * Subclasses implement {@link call}, declare weights in {@link build}, and may declare {@link computeOutputShape}; without it the
 * output shape is found by running `call` on zeros.
 */
export abstract class Layer extends CallableInstance {
  /** The arguments that come before the options, in order. */
  static readonly mainArguments: readonly string[] = [];
  /** The options that the class takes besides {@link LayerOptions}; others are then reported. */
  static readonly optionNames?: OptionNames;
  readonly name: string;
  readonly activityRegularizer: Regularizer | undefined;
  readonly declaredInputShape: Shape | undefined;
  /** Private, for an own layer may well have an `origin`. */
  readonly #origin: Error;
  readonly inboundNodes: Node[] = [];
  built = false;
  private readonly ownWeights: Weight[] = [];
  private heldLayers: readonly Layer[] | undefined;
  private frozen: boolean;

  constructor(options: LayerOptions = {}) {
    super();
    // Where the class was called through a proxy, its own constructor is on the stack.
    this.#origin = callOrigin(new.target.prototype.constructor);
    if (!isOptionsObject(options)) throw wrongOptions(this, options, new.target);
    this.name = options.name ?? declarations().names.next(this.className);
    this.frozen = options.trainable === false;
    this.activityRegularizer = resolveRegularizer(options.activityRegularizer);
    this.declaredInputShape = options.inputShape;
    declarations().layers.push(this);
    noteMaker(this);
    reportUnknownOptions(this, new.target, options);
  }

  /** Where a layer was made: the stack leads to the line of the model file. */
  static originOf(layer: Layer): Error {
    return layer.#origin;
  }

  /** Whether training changes the layer. Setting it sets it for the layers that this one holds, as in Keras. */
  get trainable(): boolean {
    return !this.frozen;
  }

  set trainable(trainable: boolean) {
    this.frozen = !trainable;
    for (const layer of this.sublayers) layer.trainable = trainable;
  }

  /** Keras's class name, e.g. `Dense`. */
  get className(): string {
    return this.constructor.name;
  }

  /** What the layer teaches about itself; own layers may leave it out. */
  get documentation(): LayerDocumentation | undefined {
    return undefined;
  }

  /** Declares the weights for inputs of this shape, batch first. Called once. */
  build(_inputShape: Shape | readonly Shape[]): void {
    // A layer without weights has nothing to declare.
  }

  /** The forward pass. Tensors it makes are disposed by the caller, except the result. */
  abstract call(inputs: TensorInputs, context: CallContext): TensorOutputs;

  /** The output's shape for an input's shape, batch first. @throws ModelError where the input does not fit. */
  computeOutputShape(inputShape: Shape | readonly Shape[], inputDtypes: readonly DataType[] = []): Shape | readonly Shape[] {
    return inferOutputShape(this, inputShape, inputDtypes);
  }

  /** The output's data type. Default: float32. */
  computeOutputDtype(_inputDtypes: readonly DataType[]): DataType {
    return "float32";
  }

  /**
   * Floating-point operations of one forward pass of one sample: two for each multiply–add of a matrix product or convolution; biases,
   * activations, pooling and other element-wise work are not counted. `null` when unknown.
   */
  flops(_inputShape: Shape | readonly Shape[], _outputShape: Shape | readonly Shape[]): number | null {
    return null;
  }

  /** Whether a mask passes through unchanged. Default `false`: the mask ends here. */
  get supportsMasking(): boolean {
    return false;
  }

  /**
   * The output's mask, or the list of the outputs' masks: true where a time step counts. By default the first of the inputs' masks, where
   * {@link supportsMasking}. One mask serves all outputs.
   */
  computeMask(
    _inputs: TensorInputs,
    masks: readonly (Tensor | undefined)[],
  ): Tensor | undefined | readonly (Tensor | undefined)[] {
    return this.supportsMasking ? masks.find((mask) => mask !== undefined) : undefined;
  }

  /** Declares a weight; the result can be used in `tf` operations as a tensor. */
  addWeight(name: string, shape: readonly number[], options: WeightOptions = {}): Weight {
    checkWeightDeclaration(this, name, shape, options);
    const weight = new Weight(
      {
        name,
        shape: [...shape],
        dtype: options.dtype ?? "float32",
        initializer: resolveInitializer(options.initializer ?? "glorotUniform"),
        trainable: options.trainable ?? true,
        regularizer: resolveRegularizer(options.regularizer),
        constraint: resolveConstraint(options.constraint),
        factors: options.factors ?? shape.map((value) => ({ value, name: "" })),
      },
      `${this.name}/${name}`,
    );
    this.ownWeights.push(weight);
    return weight;
  }

  /** Layers held by this one, as properties or in arrays of properties, in order of assignment. */
  get sublayers(): Layer[] {
    if (this.heldLayers !== undefined) return [...this.heldLayers];
    const held: Layer[] = [];
    for (const property of Object.keys(this)) {
      if (!OWN_LISTS.has(property)) collectLayers((this as Readonly<Record<string, unknown>>)[property], held);
    }
    // A class of the library's holds what it holds once it is built. One's own may take on layers whenever it likes.
    if (this.built && Object.hasOwn(this.constructor, "optionNames")) this.heldLayers = held;
    return held;
  }

  /** Every weight, own ones first, then those of the layers it holds. */
  get weights(): Weight[] {
    const { sublayers } = this;
    if (sublayers.length === 0) return [...this.ownWeights];
    return [...new Set([...this.ownWeights, ...sublayers.flatMap((layer) => layer.weights)])];
  }

  get trainableWeights(): Weight[] {
    if (!this.trainable) return [];
    const { sublayers } = this;
    const own = this.ownWeights.filter((weight) => weight.spec.trainable);
    if (sublayers.length === 0) return own;
    return [...new Set([...own, ...sublayers.flatMap((layer) => layer.trainableWeights)])];
  }

  get nonTrainableWeights(): Weight[] {
    const trainable = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trainable.has(weight));
  }

  ensureBuilt(inputShape: Shape | readonly Shape[]): void {
    if (this.built) return;
    this.build(inputShape);
    this.built = true;
  }

  /** The forward pass on values, in a context. */
  run(inputs: TensorInputs, context: CallContext): TensorOutputs {
    if (!this.built) {
      this.ensureBuilt(inputs instanceof Tensor ? batchShape(inputs) : inputs.map(batchShape));
      reportPassingLayer(this);
    }
    const outputs = withContext(context, this.name, () => this.call(inputs, context));
    if (!isTensorInputs(outputs)) {
      throw new ModelError(
        "layer-call-failed",
        `${this.name} (${this.className}): call(…) returns a tensor or a list of tensors; it returned ${show(outputs)}.`,
        this,
      );
    }
    const list = outputs instanceof Tensor ? [outputs] : outputs;
    const masks = this.computeMask(inputs, context.masks);
    list.forEach((output, index) => {
      const mask = masks instanceof Tensor ? masks : masks?.[index];
      if (mask !== undefined) rememberMask(output, mask);
    });
    const regularizer = this.activityRegularizer;
    if (regularizer !== undefined) {
      for (const output of list) context.addLoss(div(regularizer.penalty(output), output.shape[0]));
    }
    return outputs;
  }

  /** Calls the layer: on symbolic tensors it becomes part of a model, on tensors it computes. */
  apply(inputs: SymbolicTensor): SymbolicTensor;
  apply(inputs: Tensor): Tensor;
  apply(inputs: unknown): SymbolicTensor | readonly SymbolicTensor[] | TensorOutputs;
  apply(inputs: unknown): SymbolicTensor | readonly SymbolicTensor[] | TensorOutputs {
    if (isSymbolicInputs(inputs)) return this.callSymbolically(inputs);
    if (isTensorInputs(inputs)) {
      const masks = (inputs instanceof Tensor ? [inputs] : inputs).map(maskOf);
      return this.run(inputs, { ...currentContext(), masks });
    }
    throw new ModelError(
      "invalid-argument",
      `${this.name} was called on ${show(inputs)}; expected a tensor or a list of tensors, such as the result of input({ shape }) or of another layer.${adviceOn(inputs)}`,
      this,
    );
  }

  private callSymbolically(inputs: SymbolicInputs): SymbolicTensor | readonly SymbolicTensor[] {
    const list: readonly SymbolicTensor[] = inputs instanceof SymbolicTensor ? [inputs] : inputs;
    const node = new Node(this, list, !(inputs instanceof SymbolicTensor));
    this.inboundNodes.push(node);
    const dtypes = list.map((tensor) => tensor.dtype);
    const shapes = this.outputShapes(node, dtypes);
    const dtype = this.computeOutputDtype(dtypes);
    node.outputs.push(...shapes.map((shape, index) => new SymbolicTensor(shape, dtype, node, index)));
    return node.outputs.length === 1 ? (node.outputs[0] as SymbolicTensor) : node.outputs;
  }

  /** One unknown shape where the inputs are unknown or the layer refuses them: an error has been reported then. */
  private outputShapes(node: Node, dtypes: readonly DataType[]): readonly (Shape | null)[] {
    const shapes = node.inputs.map((tensor) => tensor.shape).filter((shape) => shape !== null);
    const [single] = shapes;
    if (single === undefined || shapes.length < node.inputs.length) return [null];
    try {
      const inputShape = node.takesList ? shapes : single;
      this.ensureBuilt(inputShape);
      const outputShape = this.computeOutputShape(inputShape, dtypes);
      // Layers held by one that declares its output shape get theirs, and with it their weights, from a run of `call`.
      if (this.sublayers.some((layer) => !layer.built)) inferOutputShape(this, inputShape, dtypes);
      return isShapeList(outputShape) ? outputShape : [outputShape];
    } catch (error) {
      declarations().report(asModelError(error, this));
      return [null];
    }
  }
}

/** A layer's lists that hold no layers: they would be searched in vain, for every layer of a model. */
const OWN_LISTS: ReadonlySet<string> = new Set(["inboundNodes", "ownWeights", "heldLayers"]);

function collectLayers(value: unknown, into: Layer[]): void {
  if (typeof value === "function") {
    if (value instanceof Layer && !into.includes(value)) into.push(value);
  } else if (Array.isArray(value)) {
    for (const element of value) collectLayers(element, into);
  }
}

function isOptionsObject(options: unknown): options is LayerOptions {
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  return isObject && !(options instanceof SymbolicTensor) && !(options instanceof Tensor);
}

/** What is likely behind something that is no tensor. */
function adviceOn(inputs: unknown): string {
  if (inputs === undefined) return " Does a function before it lack its return?";
  if ([inputs].flat().some((input) => input instanceof Layer)) return " Call that layer on a tensor first: dense(x).";
  return "";
}

function asModelError(error: unknown, layer: Layer): ModelError {
  if (error instanceof ModelError) {
    error.layer ??= layer;
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const failed = `${layer.name} (${layer.className}) failed: ${message}${adviceOnFailure(message)}`;
  return new ModelError("layer-call-failed", failed, layer, { cause: error });
}

/** Keras's layers have methods for what is the context's affair here. */
function adviceOnFailure(message: string): string {
  return /\.addLoss is not a function/.test(message)
    ? ". A penalty is added to the context, the second argument: call(x, context) { context.addLoss(penalty); … }."
    : "";
}

function batchShape(tensor: Tensor): Shape {
  return [null, ...tensor.shape.slice(1)];
}

function isSymbolicInputs(inputs: unknown): inputs is SymbolicInputs {
  return (
    inputs instanceof SymbolicTensor ||
    (Array.isArray(inputs) && inputs.length > 0 && inputs.every((input) => input instanceof SymbolicTensor))
  );
}

function isTensorInputs(values: unknown): values is TensorInputs {
  return (
    values instanceof Tensor || (Array.isArray(values) && values.length > 0 && values.every((value) => value instanceof Tensor))
  );
}
