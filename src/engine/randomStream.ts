import { createHash } from "node:crypto";
import { cos, log, mul, sqrt, sub, type Tensor } from "@tensorflow/tfjs-core";
import { type TensorFlowBinding, TensorMetadata } from "./binding";
import { activeBackend } from "./capturing";
import { DataType, type NumericArray } from "./dataTypes";
import { AttributeType, type OpAttribute } from "./opAttributes";
import type { RecordableBackend } from "./recording/recordableBackend";

/** Philox 4×32 (Salmon et al. 2011): the one generator that gives equal bits on every device, compiled or not. */
const PHILOX = 1;

/**
 * Random numbers of one training step, drawn by TensorFlow: a captured step draws the bits that eager execution draws.
 * Each call is a site of its own, numbered in order; the numbers depend on (seed, step, site) alone.
 */
export class TensorFlowRandomStream {
  readonly #seed: number;
  readonly #step: Tensor;
  readonly #backend: RecordableBackend;
  #site = 0;

  /** @param step an int32 scalar: the number of the step */
  constructor(seed: number, step: Tensor) {
    this.#seed = seed;
    this.#step = step;
    this.#backend = activeBackend();
  }

  /** Uniform floats in [0, 1), in steps of 2⁻²³. */
  uniform(shape: readonly number[]): Tensor {
    const operations = new Operations(this.#backend.binding);
    try {
      const [step] = this.#backend.getInputTensorIds([this.#step]);
      const key = operations.constant([1], DataType.UINT64, BigUint64Array.of(siteKey(this.#seed, this.#site++)));
      const counter = stepCounter(operations, step ?? 0);
      const size = operations.constant([shape.length], DataType.INT32, Int32Array.from(shape));
      const algorithm = operations.constant([], DataType.INT32, Int32Array.of(PHILOX));
      const bits = operations.run(
        "StatelessRandomUniformFullIntV2",
        [type("dtype", DataType.UINT32), type("Tshape", DataType.INT32)],
        [size, key, counter, algorithm],
      );
      const float = operations.keep(asFraction(operations, bits));
      return this.#backend.createOutputTensor(float);
    } finally {
      operations.deleteIntermediate();
    }
  }

  /** Floats of the standard normal distribution (Box & Muller 1958). */
  normal(shape: readonly number[]): Tensor {
    const radius = sqrt(mul(log(sub(1, this.uniform(shape))), -2));
    return mul(radius, cos(mul(this.uniform(shape), 2 * Math.PI)));
  }
}

/** The counter's high word: consecutive low words give all but the same numbers. */
function stepCounter(operations: Operations, step: number): number {
  const low = operations.constant([], DataType.UINT64, BigUint64Array.of(0n));
  const high = operations.run("Cast", [type("SrcT", DataType.INT32), type("DstT", DataType.UINT64)], [step]);
  const count = { name: "N", type: AttributeType.INT, value: 2 };
  return operations.run("Pack", [type("T", DataType.UINT64), count], [low, high]);
}

/** Random bits become the fraction of a float in [1, 2). */
function asFraction(operations: Operations, bits: number): number {
  const FRACTION_SHIFT = 9;
  const ONE = 0x3f800000;
  const word = (value: number): number => operations.constant([], DataType.UINT32, Uint32Array.of(value));
  const words = [type("T", DataType.UINT32)];
  const fraction = operations.run("RightShift", words, [bits, word(FRACTION_SHIFT)]);
  const pattern = operations.run("BitwiseOr", words, [fraction, word(ONE)]);
  const float = operations.run("Bitcast", [...words, type("type", DataType.FLOAT)], [pattern]);
  const one = operations.constant([], DataType.FLOAT, Float32Array.of(1));
  return operations.run("Sub", [type("T", DataType.FLOAT)], [float, one]);
}

function siteKey(seed: number, site: number): bigint {
  return createHash("sha256").update(`${seed}/${site}`).digest().readBigUInt64LE();
}

const type = (name: string, value: number): OpAttribute => ({ name, type: AttributeType.TYPE, value });

/** Operations on types that tfjs does not have. */
class Operations {
  readonly #binding: TensorFlowBinding;
  readonly #intermediate = new Map<number, TensorMetadata>();

  constructor(binding: TensorFlowBinding) {
    this.#binding = binding;
  }

  constant(shape: readonly number[], dtype: number, values: NumericArray): number {
    return this.#note(new TensorMetadata(this.#binding.createTensor(shape, dtype, values), [...shape], dtype));
  }

  /** @returns the number of the only output */
  run(opName: string, attributes: readonly OpAttribute[], inputs: readonly number[]): number {
    const [output] = this.#binding.executeOp(opName, attributes, inputs, 1);
    if (!output) throw new Error(`${opName}: TensorFlow returned nothing.`);
    return this.#note(output);
  }

  /** Hands a tensor over to the caller. */
  keep(id: number): TensorMetadata {
    const metadata = this.#intermediate.get(id);
    if (!metadata) throw new Error(`There is no intermediate tensor ${id}.`);
    this.#intermediate.delete(id);
    return metadata;
  }

  deleteIntermediate(): void {
    for (const id of this.#intermediate.keys()) this.#binding.deleteTensor(id);
    this.#intermediate.clear();
  }

  #note(metadata: TensorMetadata): number {
    this.#intermediate.set(metadata.id, metadata);
    return metadata.id;
  }
}
