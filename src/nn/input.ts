import { type DataType, type Tensor } from "@tensorflow/tfjs-core";
import { isPositiveInteger, show } from "./arguments";
import { ModelError } from "./errors";
import { meantOptions } from "./factoryOptions";
import { Layer } from "./layer";
import type { Shape } from "./shape";
import { Node, SymbolicTensor } from "./symbolic";

export interface InputOptions {
  /** The shape of one sample; `null` for a dimension that varies, such as time. */
  shape: Shape;
  name?: string | undefined;
  /** Default `"float32"`. */
  dtype?: DataType | undefined;
}

/** The place where data enters a functional model. */
export class InputLayer extends Layer {
  readonly shape: Shape;
  readonly dtype: DataType;

  /** @param option What the shape is called where it was written. */
  constructor(options: InputOptions, option: "shape" | "inputShape" = "inputShape") {
    const { name, shape, dtype = "float32" } = Object(options) as Partial<InputOptions>;
    super({ name });
    if (!isSampleShape(shape)) throw wrongShape(this, options, shape, option);
    this.shape = [null, ...shape];
    this.dtype = dtype;
    this.built = true;
  }

  /** The symbolic tensor at which the data enters. */
  get output(): SymbolicTensor {
    const [existing] = this.inboundNodes;
    const node = existing ?? new Node(this, []);
    if (existing === undefined) {
      node.outputs.push(new SymbolicTensor(this.shape, this.dtype, node, 0));
      this.inboundNodes.push(node);
    }
    return node.outputs[0] as SymbolicTensor;
  }

  override call(inputs: Tensor): Tensor {
    return inputs;
  }

  override computeOutputShape(): Shape {
    return this.shape;
  }

  override flops(): number {
    return 0;
  }
}

/** Whether something is what `input({ shape })` returns. */
export function isInput(value: unknown): value is SymbolicTensor {
  return value instanceof SymbolicTensor && value.node.layer instanceof InputLayer;
}

function isSampleShape(shape: unknown): shape is Shape {
  return Array.isArray(shape) && shape.every((dimension) => dimension === null || isPositiveInteger(dimension));
}

function wrongShape(layer: InputLayer, options: unknown, shape: unknown, option: string): ModelError {
  const isLoose = typeof options !== "object" || Array.isArray(options);
  const given: unknown = isLoose ? options : shape;
  const advice = isPositiveInteger(given)
    ? ` Write { ${option}: [${given}] }. Where (28, ${given}) stands, that is ${given} in JavaScript: write [28, ${given}].`
    : isSampleShape(given)
      ? ` Write { ${option}: ${show(given)} }.`
      : "";
  const error = new ModelError(
    "invalid-argument",
    `The shape of an input is a list of positive whole numbers such as [28, 28], with null for a dimension that varies; received ${show(given)}.${advice}`,
    layer,
  );
  if (!isLoose) error.argument = option;
  else if (isSampleShape(given)) error.mistake = { kind: "unnamed-option", name: option, value: given, position: 0 };
  return error;
}

/** A symbolic tensor for data of this shape, the batch left out: Keras's `Input`. */
export function input(options: InputOptions): SymbolicTensor {
  return new InputLayer(meantOptions("input", options, { shape: true, name: true, dtype: true }, input), "shape").output;
}
