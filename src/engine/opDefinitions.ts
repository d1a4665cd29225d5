import type { LibTensorFlow } from "./libtensorflow";
import { copyFromNative } from "./memory";
import type { Pointer } from "./pointer";
import { readFields } from "./protobuf";
import type { Status } from "./status";

/** One input or output of an operation (`OpDef.ArgDef`). */
export interface ArgumentDefinition {
  readonly name: string;
  /** Attribute that says how many tensors of one type make up this argument; empty when it is no such list. */
  readonly numberAttribute: string;
  /** Attribute that lists the types of the tensors that make up this argument; empty when it is no such list. */
  readonly typeListAttribute: string;
}

/** Whether an argument may be any number of tensors. */
export function isList({ numberAttribute, typeListAttribute }: ArgumentDefinition): boolean {
  return numberAttribute !== "" || typeListAttribute !== "";
}

/** What TensorFlow knows about an operation (`OpDef`, tensorflow/core/framework/op_def.proto). */
export interface OpDefinition {
  readonly name: string;
  readonly inputs: readonly ArgumentDefinition[];
  readonly outputs: readonly ArgumentDefinition[];
  /** Attributes by name with their type as OpDef spells it: "int", "list(type)", … */
  readonly attributes: ReadonlyMap<string, string>;
  /** Whether it remembers something from one execution to the next, as random operations do. */
  readonly isStateful: boolean;
}

const text = (value: number | Uint8Array): string => (typeof value === "number" ? "" : Buffer.from(value).toString());
const bytes = (value: number | Uint8Array): Uint8Array => (typeof value === "number" ? new Uint8Array() : value);

export function decodeOpDefinition(encoded: Uint8Array): OpDefinition {
  let name = "";
  const inputs: ArgumentDefinition[] = [];
  const outputs: ArgumentDefinition[] = [];
  const attributes = new Map<string, string>();
  let isStateful = false;
  for (const { number, value } of readFields(encoded)) {
    if (number === 1) name = text(value);
    if (number === 2) inputs.push(decodeArgument(bytes(value)));
    if (number === 3) outputs.push(decodeArgument(bytes(value)));
    if (number === 4) {
      const fields = fieldTexts(bytes(value));
      attributes.set(fields.get(1) ?? "", fields.get(2) ?? "");
    }
    if (number === 17) isStateful = value === 1;
  }
  return { name, inputs, outputs, attributes, isStateful };
}

function decodeArgument(encoded: Uint8Array): ArgumentDefinition {
  const fields = fieldTexts(encoded);
  return {
    name: fields.get(1) ?? "",
    numberAttribute: fields.get(5) ?? "",
    typeListAttribute: fields.get(6) ?? "",
  };
}

function fieldTexts(encoded: Uint8Array): Map<number, string> {
  return new Map([...readFields(encoded)].map(({ number, value }) => [number, text(value)]));
}

/** Looks operations up in TensorFlow's own registry, each once. */
export class OpDefinitions {
  readonly #tensorflow: LibTensorFlow;
  readonly #status: Status;
  readonly #graph: Pointer<"TF_Graph">;
  readonly #known = new Map<string, OpDefinition>();

  constructor(tensorflow: LibTensorFlow, status: Status) {
    this.#tensorflow = tensorflow;
    this.#status = status;
    this.#graph = tensorflow.TF_NewGraph();
  }

  /** @throws {TensorFlowError} when TensorFlow knows no operation of this name */
  get(name: string): OpDefinition {
    const known = this.#known.get(name);
    if (known) return known;
    const definition = this.#lookUp(name);
    this.#known.set(name, definition);
    return definition;
  }

  #lookUp(name: string): OpDefinition {
    const buffer = this.#tensorflow.TF_NewBuffer();
    try {
      this.#tensorflow.TF_GraphGetOpDef(this.#graph, name, buffer, this.#status.pointer);
      this.#status.throwIfFailed(name);
      return decodeOpDefinition(bufferBytes(buffer));
    } finally {
      this.#tensorflow.TF_DeleteBuffer(buffer);
    }
  }

  dispose(): void {
    this.#tensorflow.TF_DeleteGraph(this.#graph);
  }
}

/** Reads `struct TF_Buffer { const void* data; size_t length; … }`. */
function bufferBytes(buffer: Pointer<"TF_Buffer">): Uint8Array {
  const [data = 0n, length = 0n] = new BigUint64Array(copyFromNative(buffer, 16));
  return new Uint8Array(copyFromNative(data as Pointer<"data">, Number(length)));
}
