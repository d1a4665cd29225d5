import { sizeOf } from "../../nn/shape";
import type { Column, Part, PartColumn, Parts } from "./samples";

/** Values read at a time: 1 MB of them. */
const CHUNK_VALUES = 2 ** 18;

export interface Chunk {
  /** The number of its first sample. */
  readonly start: number;
  /** Valid until the next chunk is read. */
  readonly values: Float32Array;
}

/** All values of the first `count` samples, some samples at a time. */
export function* chunks(column: PartColumn, count: number): Generator<Chunk> {
  const size = sizeOf(column.shape);
  const samples = Math.min(count, Math.max(1, Math.floor(CHUNK_VALUES / Math.max(size, 1))));
  const buffer = new Float32Array(samples * size);
  for (let start = 0; start < count; start += samples) {
    const values = start + samples <= count ? buffer : buffer.subarray(0, (count - start) * size);
    column.read(start, values);
    yield { start, values };
  }
}

/** The samples of a source with these numbers, in this order. */
export function selectSamples({ name, values, shape }: Column, numbers: Int32Array): PartColumn {
  const size = sizeOf(shape);
  return {
    name,
    shape,
    read(start, target) {
      const end = start + (size === 0 ? 0 : target.length / size);
      for (let index = start; index < end;) {
        const first = numbers[index] as number;
        let length = 1;
        while (index + length < end && numbers[index + length] === first + length) length++;
        const place = (index - start) * size;
        if ("copyTo" in values) values.copyTo(target.subarray(place, place + length * size), first * size);
        else target.set(values.subarray(first * size, (first + length) * size), place);
        index += length;
      }
    },
  };
}

/** Has `change` change the values that are read, in place. It receives whole samples, the first of them with its number. */
export function withChange(column: PartColumn, change: (values: Float32Array, start: number) => void): PartColumn {
  return {
    ...column,
    read(start, target) {
      column.read(start, target);
      change(target, start);
    },
  };
}

export function mapParts(parts: Parts, change: (part: Part, name: "training" | "validation" | "test") => Part): Parts {
  const { training, validation, test } = parts;
  return {
    ...parts,
    training: change(training, "training"),
    validation: validation && change(validation, "validation"),
    test: test && change(test, "test"),
  };
}
