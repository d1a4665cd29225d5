import { createHash } from "node:crypto";
import { cos, log, mul, sqrt, sub, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { type TensorFlowBinding, TensorMetadata } from "./binding";
import { activeBackend } from "./capturing";
import { DataType, type NumericArray } from "./dataTypes";
import { AttributeType, type OpAttribute } from "./opAttributes";
import type { RecordableBackend } from "./recording/recordableBackend";

/** Philox 4×32 (Salmon et al. 2011): the one generator that gives equal bits on every device, compiled or not. */
const PHILOX = 1;

/**
 * Random numbers of one training step, drawn by TensorFlow: a captured step draws the bits that eager execution draws.
 * Each call is a site of its own, numbered in order; the numbers depend on (key, step, site) alone. Key and step are tensors, so that
 * one captured step serves all seeds and all steps.
 */
export class TensorFlowRandomStream {
  readonly #key: Tensor;
  readonly #step: Tensor;
  readonly #backend: RecordableBackend;
  #site = 0;

  /** The key that stands for a seed: two int32 of 31 random bits each. */
  static key(seed: number): Tensor {
    const digest = createHash("sha256").update(String(seed)).digest();
    return tensor1d([digest.readUInt32LE(0) >>> 1, digest.readUInt32LE(4) >>> 1], "int32");
  }

  /**
   * @param key see {@link TensorFlowRandomStream.key}
   * @param step an int32 scalar: the number of the step
   */
  constructor(key: Tensor, step: Tensor) {
    this.#key = key;
    this.#step = step;
    this.#backend = activeBackend();
  }

  /** Uniform floats in [0, 1), in steps of 2⁻²³. */
  uniform(shape: readonly number[]): Tensor {
    const operations = new Operations(this.#backend.binding);
    try {
      const [words = 0, step = 0] = this.#backend.getInputTensorIds([this.#key, this.#step]);
      const key = wordsAsKey(operations, words);
      const counter = siteCounter(operations, step, this.#site++);
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

/** The 62 bits of a key as Philox takes it. */
function wordsAsKey(operations: Operations, words: number): number {
  const scales = operations.constant([2], DataType.UINT64, BigUint64Array.of(1n, 1n << 31n));
  const scaled = operations.run("Mul", [type("T", DataType.UINT64)], [asUint64(operations, words), scales]);
  const axis = operations.constant([1], DataType.INT32, Int32Array.of(0));
  const keepDimensions = { name: "keep_dims", type: AttributeType.BOOL, value: true };
  return operations.run("Sum", [type("T", DataType.UINT64), type("Tidx", DataType.INT32), keepDimensions], [scaled, axis]);
}

/** Step and site make the counter's high word: consecutive low words give all but the same numbers. */
function siteCounter(operations: Operations, step: number, site: number): number {
  const low = operations.constant([], DataType.UINT64, BigUint64Array.of(0n));
  const first = operations.constant([], DataType.UINT64, BigUint64Array.of(BigInt(site) << 32n));
  const high = operations.run("AddV2", [type("T", DataType.UINT64)], [first, asUint64(operations, step)]);
  const count = { name: "N", type: AttributeType.INT, value: 2 };
  return operations.run("Pack", [type("T", DataType.UINT64), count], [low, high]);
}

function asUint64(operations: Operations, int32: number): number {
  return operations.run("Cast", [type("SrcT", DataType.INT32), type("DstT", DataType.UINT64)], [int32]);
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
