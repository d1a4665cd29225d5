import { sizeOf } from "../../nn/shape";
import { TrainingError } from "../errors";
import { readDataFile } from "./files";

export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array | Int32Array | Float32Array;
}

interface ElementType {
  readonly bytes: number;
  read(content: Buffer, offset: number, length: number): IdxArray["values"];
}

/** By the third byte of the file. */
const ELEMENT_TYPES: Readonly<Record<number, ElementType>> = {
  0x08: { bytes: 1, read: (content, offset, length) => new Uint8Array(content.buffer, content.byteOffset + offset, length) },
  0x09: integers(1, (content, at) => content.readInt8(at)),
  0x0b: integers(2, (content, at) => content.readInt16BE(at)),
  0x0c: integers(4, (content, at) => content.readInt32BE(at)),
  0x0d: floats(4, (content, at) => content.readFloatBE(at)),
  0x0e: floats(8, (content, at) => content.readDoubleBE(at)),
};

/**
 * Reads an IDX file, the format of MNIST (http://yann.lecun.com/exdb/mnist/), packed by gzip or not.
 *
 * @throws TrainingError where the file is not IDX, or its length does not fit its header.
 */
export async function readIdx(path: string): Promise<IdxArray> {
  const content = await readDataFile(path);
  const type = ELEMENT_TYPES[content[2] ?? -1];
  const dimensions = content[3] ?? 0;
  if (content.length < 4 || content[0] !== 0 || content[1] !== 0 || type === undefined || dimensions === 0) {
    const start = content.subarray(0, 4).toString("hex") || "nothing";
    throw new TrainingError(
      `${path} is not an IDX file: it starts with ${start}; expected 00 00, a type (08 … 0e) and the number of dimensions.`,
    );
  }
  const header = 4 + 4 * dimensions;
  if (content.length < header) {
    throw new TrainingError(
      `${path} is cut off: expected a header of ${header} bytes, received ${content.length}. Fetch it again.`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, axis) => content.readUInt32BE(4 + 4 * axis));
  const length = sizeOf(shape);
  const expected = header + length * type.bytes;
  if (content.length !== expected) {
    const problem = content.length < expected ? "is cut off" : "is too long";
    throw new TrainingError(
      `${path} ${problem}: expected ${expected} bytes for the shape (${shape.join(", ")}), received ${content.length}. Fetch it again.`,
    );
  }
  return { shape, values: type.read(content, header, length) };
}

function integers(bytes: number, read: (content: Buffer, at: number) => number): ElementType {
  return {
    bytes,
    read: (content, offset, length) => Int32Array.from({ length }, (_, index) => read(content, offset + index * bytes)),
  };
}

function floats(bytes: number, read: (content: Buffer, at: number) => number): ElementType {
  return {
    bytes,
    read: (content, offset, length) => Float32Array.from({ length }, (_, index) => read(content, offset + index * bytes)),
  };
}
