import { type DataType, type Tensor } from "@tensorflow/tfjs-core";
import { ModelError } from "./errors";
import { Layer } from "./layer";
import { formatShape, type Shape } from "./shape";
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

  constructor(options: InputOptions) {
    super({ name: options.name });
    for (const dimension of options.shape) {
      if (dimension !== null && !(Number.isSafeInteger(dimension) && dimension > 0)) {
        throw new ModelError(
          "invalid-argument",
          `input({ shape }) takes positive whole numbers, or null for a dimension that varies; received ${formatShape(options.shape)}.`,
          this,
        );
      }
    }
    this.shape = [null, ...options.shape];
    this.dtype = options.dtype ?? "float32";
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

/** A symbolic tensor for data of this shape, the batch left out: Keras's `Input`. */
export function input(options: InputOptions): SymbolicTensor {
  return new InputLayer(options).output;
}
