import { show } from "./arguments";
import { declarations } from "./declarations";
import { ModelError } from "./errors";
import { InputLayer, isInput } from "./input";
import { Layer } from "./layer";
import { duplicateName, Model } from "./model";
import { isShapeList, type Shape, writtenShape } from "./shape";
import { type Node, SymbolicTensor } from "./symbolic";

export interface SequentialOptions {
  /** By default `sequential`, `sequential_1`, … */
  name?: string | undefined;
  /** The shape of one sample. Without it the first layer's `inputShape` or the data decides. */
  inputShape?: Shape | undefined;
}

/** A stack of layers, each fed by the one before. */
export class Sequential extends Model {
  readonly kind = "sequential";
  readonly layers: Layer[] = [];
  readonly nodes: Node[] = [];
  inputs: readonly SymbolicTensor[] = [];
  outputs: readonly SymbolicTensor[] = [];
  private readonly named = new Map<string, Layer>();

  constructor(options: SequentialOptions = {}, layers: readonly Layer[] = []) {
    const list: unknown = layers;
    if (typeof options !== "object" || (options as unknown) === null || Array.isArray(options) || !Array.isArray(list)) {
      const received = Array.isArray(options) ? `${show(options)} first` : `${show(options)} and ${show(layers)}`;
      throw new ModelError(
        "invalid-argument",
        `sequential(options, layers) takes options such as { inputShape: [28, 28] }, then a list of layers; received ${received}. Write sequential({ inputShape: […] }, [layers…]) with the shape of one sample.`,
      );
    }
    super({ name: options.name });
    if (options.inputShape !== undefined) this.buildFrom(options.inputShape);
    this.declare();
    for (const [index, layer] of layers.entries()) this.append(layer, [1, index]);
    this.takeFunctionalName();
  }

  get inputNames(): readonly string[] {
    return this.inputs.map((tensor) => tensor.name);
  }

  get outputNames(): readonly string[] {
    return this.outputs.map((tensor) => tensor.name);
  }

  /** Appends a layer; returns the model, so that calls can be chained. */
  add(layer: Layer): this {
    this.append(layer, [0]);
    this.takeFunctionalName();
    return this;
  }

  /** @param path Where the layer stands in the call that brings it. */
  private append(layer: Layer, path: readonly number[]): void {
    if (!(layer instanceof Layer)) {
      this.appendMeant(layer, path);
      return;
    }
    if (layer === this) {
      throw new ModelError("invalid-argument", `${this.name} cannot be a layer of itself. Add another model or layer.`, this);
    }
    const namesake = this.named.get(layer.name);
    if (namesake !== undefined) {
      declarations().report(namesake === layer ? repeatedLayer(this, layer) : duplicateName(this, layer));
    }
    this.named.set(layer.name, layer);
    this.layers.push(layer);
    if (this.inputs.length === 0) {
      const shape = layer.declaredInputShape ?? nestedInputShape(layer);
      if (shape !== undefined) this.buildFrom(shape);
    } else {
      this.connect(layer);
    }
  }

  /** Training stops at what is no layer. In a tolerant evaluation the model goes on with what is meant, if with nothing. */
  private appendMeant(received: unknown, path: readonly number[]): void {
    declarations().report(this.noLayer(received, path));
    if (isInput(received)) {
      if (this.layers.length === 0 && received.shape !== null) this.buildFrom(received.shape.slice(1));
      return;
    }
    const meant = layersMeantBy(received);
    for (const layer of meant) this.append(layer, path);
    const [output] = this.outputs;
    // Whatever should stand there makes something of a shape that nobody knows.
    if (meant.length === 0 && Boolean(received) && output !== undefined) {
      this.outputs = [new SymbolicTensor(null, output.dtype, output.node, output.index)];
    }
  }

  private noLayer(received: unknown, path: readonly number[]): ModelError {
    const advice =
      typeof received === "function"
        ? " A layer's name is called to make one: layers.flatten()."
        : Array.isArray(received)
          ? " A list of layers is spread: ...block."
          : isInput(received)
            ? " The shape of one sample is an option: sequential({ inputShape: [28, 28] }, [layers…])."
            : "";
    // Without a layer the error is shown where it arose: at the call of `add`.
    const error = new ModelError(
      "invalid-argument",
      `sequential takes layers such as layers.dense(10); received ${show(received)} at position ${this.layers.length + 1}.${advice}`,
      path.length > 1 ? this : undefined,
    );
    error.argumentPath = path;
    if (typeof received === "function") error.mistake = { kind: "uncalled", path };
    if (isInput(received) && received.shape !== null && path.length === 1 && this.layers.length === 0) {
      const inputShape = writtenShape(received.shape.slice(1));
      error.mistake = { kind: "added-input", model: this, input: received.node.layer, inputShape };
    }
    return error;
  }

  /** Keras's keeps a functional model inside, made anew with each change, which uses up an automatic name. */
  private takeFunctionalName(): void {
    if (this.built && this.layers.length > 0) declarations().names.next("Functional");
  }

  /** Fixes the shape of one sample and connects the layers. Without effect when the shape is already fixed. */
  buildFrom(sampleShape: Shape): void {
    if (this.inputs.length > 0) return;
    const { output } = new InputLayer({ shape: sampleShape });
    this.inputs = [output];
    this.outputs = [output];
    this.built = true;
    for (const layer of this.layers) this.connect(layer);
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    if (isShapeList(inputShape)) {
      throw new ModelError(
        "invalid-argument",
        `${this.name} is sequential and takes one input; received ${inputShape.length}. Use model({ inputs, outputs }).`,
        this,
      );
    }
    this.buildFrom(inputShape.slice(1));
  }

  private connect(layer: Layer): void {
    const output = layer.apply(this.outputs[0]);
    const node = layer.inboundNodes.at(-1);
    if (node !== undefined) this.nodes.push(node);
    if (!(output instanceof SymbolicTensor)) {
      throw new ModelError(
        "invalid-argument",
        `${layer.name} has several outputs and cannot stand in a sequential model. Use model({ inputs, outputs }).`,
        layer,
      );
    }
    this.outputs = [output];
  }
}

function repeatedLayer(model: Model, layer: Layer): ModelError {
  return new ModelError(
    "invalid-argument",
    `The layer ${layer.name} stands in ${model.name} twice, and sequential takes each layer once. Make a second layer, or share the weights of one in model({ inputs, outputs }) by calling it twice.`,
    layer,
  );
}

/** A nested model brings its own input shape. */
function nestedInputShape(layer: Layer): Shape | undefined {
  const shape = layer instanceof Model ? layer.inputs[0]?.shape : undefined;
  return shape?.slice(1);
}

/** The layers of a list that is not spread, or what a factory makes that is not called. */
function layersMeantBy(received: unknown): readonly Layer[] {
  const isLayer = (value: unknown): value is Layer => value instanceof Layer;
  if (Array.isArray(received)) return received.flat(Infinity).filter(isLayer);
  if (typeof received !== "function") return [];
  const { errors, layers } = declarations();
  const known = { errors: errors.length, layers: layers.length };
  let made: readonly Layer[] = [];
  try {
    const result = (received as () => unknown)();
    if (errors.length === known.errors) made = [result].filter(isLayer);
  } catch {
    // What a call without arguments lacks is not what is wrong.
  }
  errors.length = known.errors;
  if (made.length === 0) layers.length = known.layers;
  return made;
}
