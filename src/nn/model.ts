import { type DataType, Tensor } from "@tensorflow/tfjs-core";
import { show } from "./arguments";
import type { CallContext } from "./context";
import { declarations } from "./declarations";
import { ModelError } from "./errors";
import { type Graph, orderGraph } from "./graph";
import { InputLayer, isInput } from "./input";
import { Layer, type TensorInputs, type TensorOutputs } from "./layer";
import { maskOf } from "./masks";
import { isShapeList, type Shape } from "./shape";
import { type Node, SymbolicTensor } from "./symbolic";

export type ModelEnds = SymbolicTensor | readonly SymbolicTensor[] | Readonly<Record<string, SymbolicTensor>>;

export interface ModelOptions {
  inputs: ModelEnds;
  outputs: ModelEnds;
  /** By default `functional`, `functional_1`, … */
  name?: string | undefined;
}

/** A graph of layers, itself a layer: models nest, and a model called twice shares its weights. */
export abstract class Model extends Layer {
  /** Makes the model known once it stands: one that was refused halfway has neither inputs nor layers. */
  protected declare(): void {
    declarations().models.push(this);
  }

  abstract readonly kind: "sequential" | "functional";
  /** The layers, inputs first. A sequential model does not list its input layer, as in Keras. */
  abstract readonly layers: readonly Layer[];
  abstract readonly inputs: readonly SymbolicTensor[];
  abstract readonly outputs: readonly SymbolicTensor[];
  /** The name of each input, by which a map of data is matched. */
  abstract readonly inputNames: readonly string[];
  /** The name of each output, by which losses and metrics are matched. */
  abstract readonly outputNames: readonly string[];
  /** The calls of its layers in an order in which they can be computed. */
  abstract readonly nodes: readonly Node[];

  override get sublayers(): Layer[] {
    return [...this.layers];
  }

  /** Computes every layer in order. Masks travel with the tensors. */
  override call(inputs: TensorInputs, context: CallContext): TensorOutputs {
    const given: readonly Tensor[] = inputs instanceof Tensor ? [inputs] : inputs;
    if (given.length !== this.inputs.length) {
      throw new ModelError("invalid-argument", `${this.name} has ${this.inputs.length} inputs; received ${given.length}.`, this);
    }
    const values = new Map<SymbolicTensor, Tensor>(this.inputs.map((input, index) => [input, given[index] as Tensor]));
    for (const node of this.nodes) {
      if (!(node.layer instanceof InputLayer)) runNode(node, values, context);
    }
    const results = this.outputs.map((output) => values.get(output) as Tensor);
    return results.length === 1 ? (results[0] as Tensor) : results;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const given = isShapeList(inputShape) ? inputShape : [inputShape];
    const shapes = new Map<SymbolicTensor, Shape>(this.inputs.map((input, index) => [input, given[index] ?? []]));
    for (const node of this.nodes) {
      if (node.layer instanceof InputLayer) continue;
      const known = node.inputs.map((tensor) => shapes.get(tensor) ?? []);
      const dtypes = node.inputs.map((tensor) => tensor.dtype);
      const output = node.layer.computeOutputShape(node.takesList ? known : (known[0] ?? []), dtypes);
      const list = isShapeList(output) ? output : [output];
      node.outputs.forEach((tensor, index) => shapes.set(tensor, list[index] ?? []));
    }
    const results = this.outputs.map((output) => shapes.get(output) ?? []);
    return results.length === 1 ? (results[0] ?? []) : results;
  }

  override computeOutputDtype(): DataType {
    return this.outputs[0]?.dtype ?? "float32";
  }

  /** The sum over its calls; `null` where one is unknown. */
  override flops(): number | null {
    let total = 0;
    for (const { layer, inputShape, outputShape } of this.nodes) {
      if (layer instanceof InputLayer) continue;
      const flops = inputShape === null || outputShape === null ? null : layer.flops(inputShape, outputShape);
      if (flops === null) return null;
      total += flops;
    }
    return total;
  }
}

function runNode(node: Node, values: Map<SymbolicTensor, Tensor>, context: CallContext): void {
  const list = node.inputs.map((tensor) => values.get(tensor) as Tensor);
  const inputs: TensorInputs = node.takesList ? list : (list[0] as Tensor);
  const outputs = node.layer.run(inputs, { ...context, masks: list.map(maskOf) });
  (outputs instanceof Tensor ? [outputs] : outputs).forEach((output, index) => {
    const place = node.outputs[index];
    if (place !== undefined) values.set(place, output);
  });
}

/** A model from its inputs to its outputs: Keras's functional API. */
export class Functional extends Model {
  readonly kind = "functional";
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly nodes: readonly Node[];
  readonly layers: readonly Layer[];

  /** @throws ModelError when an output does not come from the inputs. */
  constructor(options: ModelOptions) {
    super({ name: (Object(options) as Partial<ModelOptions>).name });
    if (isLoose(options)) throw looseArguments(this, options);
    [this.inputs, this.inputNames] = namedEnds(options.inputs, "inputs", this);
    [this.outputs, this.outputNames] = namedEnds(options.outputs, "outputs", this);
    this.declare();
    const graph: Graph = orderGraph(this.inputs, this.outputs);
    this.nodes = graph.nodes;
    this.layers = graph.layers;
    const known = new Set(this.inputs.map((tensor) => tensor.node));
    reportDuplicateNames(this, this.layers);
    for (const node of this.nodes) {
      if (node.inputs.length === 0 && !known.has(node)) {
        declarations().report(
          new ModelError(
            "disconnected-graph",
            `The outputs of ${this.name} depend on ${node.layer.name}, which is not among its inputs (${this.inputNames.join(", ")}). Add it to inputs.`,
            this,
          ),
        );
      }
    }
    this.built = true;
  }
}

/** Whether what was given is an input itself instead of an object that names inputs and outputs, as in Keras's `Model(x, y)`. */
function isLoose(options: unknown): boolean {
  return typeof options !== "object" || options === null || options instanceof SymbolicTensor || Array.isArray(options);
}

function looseArguments(model: Model, received: unknown): ModelError {
  return new ModelError(
    "invalid-argument",
    `model takes one object that names both ends, model({ inputs: x, outputs: y }); received ${show(received)}.`,
    model,
  );
}

function reportDuplicateNames(model: Model, layers: readonly Layer[]): void {
  const names = new Set<string>();
  for (const layer of layers) {
    if (names.has(layer.name)) declarations().report(duplicateName(model, layer));
    names.add(layer.name);
  }
}

export function duplicateName(model: Model, layer: Layer): ModelError {
  return new ModelError(
    "duplicate-name",
    `Two layers of ${model.name} are called "${layer.name}". Give one of them another name.`,
    layer,
  );
}

function namedEnds(ends: ModelEnds, end: "inputs" | "outputs", model: Model): [readonly SymbolicTensor[], readonly string[]] {
  const named = entriesOf(ends);
  const wrong = named.find(([, tensor]) => !(end === "inputs" ? isInput(tensor) : tensor instanceof SymbolicTensor));
  if (named.length === 0 || wrong !== undefined) {
    const expected = end === "inputs" ? "the results of input({ shape })" : "the results of layers called on tensors";
    const received: unknown = wrong?.[1] ?? ends;
    const advice = received instanceof Layer ? " Call the layer: layers.dense(10)(x)." : "";
    const error = new ModelError(
      "invalid-argument",
      `model({ ${end} }) takes a symbolic tensor, a list or a map of them: ${expected}; received ${show(received)}.${advice}`,
      model,
    );
    error.argument = end;
    throw error;
  }
  return [named.map(([, tensor]) => tensor), named.map(([name]) => name)];
}

function entriesOf(ends: ModelEnds): [string, SymbolicTensor][] {
  if (ends instanceof SymbolicTensor) return [[ends.name, ends]];
  // A layer is a function with properties of its own, and a text has letters.
  if (typeof ends !== "object") return [["?", ends]];
  if (!Array.isArray(ends)) return Object.entries(Object(ends) as Record<string, SymbolicTensor>);
  return (ends as readonly SymbolicTensor[]).map((tensor) => [tensor instanceof SymbolicTensor ? tensor.name : "?", tensor]);
}
