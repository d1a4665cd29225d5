import { readFile } from "node:fs/promises";
import * as z from "zod/mini";
import { messageOf, TrainingError } from "../errors";

/** The format's name of each data type that weights have. */
const TYPES = { float32: "F32", int32: "I32", bool: "BOOL" } as const;
export type SavedDataType = keyof typeof TYPES;

export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: SavedDataType;
  readonly values: Float32Array | Int32Array | Uint8Array;
}

const Entry = z.object({
  dtype: z.enum(["F32", "I32", "BOOL"]),
  shape: z.array(z.number()),
  data_offsets: z.tuple([z.number(), z.number()]),
});
const Header = z.record(z.string(), z.unknown());
const Metadata = z.record(z.string(), z.string());

/** A file in the format safetensors: the header's length, a JSON header, the values. https://huggingface.co/docs/safetensors */
export function encodeSafetensors(tensors: readonly SavedTensor[], metadata: Readonly<Record<string, string>> = {}): Buffer {
  let offset = 0;
  const entries = tensors.map(({ name, shape, dtype, values }) => {
    const start = offset;
    offset += values.byteLength;
    return [name, { dtype: TYPES[dtype], shape, data_offsets: [start, offset] }] as const;
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  // The values start at a multiple of 8 bytes; the format allows spaces after the header.
  const header = Buffer.from(json.padEnd(Math.ceil(Buffer.byteLength(json) / 8) * 8 - (Buffer.byteLength(json) - json.length)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([
    length,
    header,
    ...tensors.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

export interface SavedTensors {
  readonly tensors: readonly SavedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Reads a file that {@link encodeSafetensors} wrote. @throws TrainingError where it is missing, cut off or something else. */
export async function readSafetensors(path: string): Promise<SavedTensors> {
  const content = await readFile(path).catch((error: unknown) => {
    throw new TrainingError(`The weights ${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  });
  try {
    const start = 8 + Number(content.readBigUInt64LE(0));
    const { __metadata__: metadata, ...entries } = Header.parse(JSON.parse(content.toString("utf8", 8, start)));
    const values = content.subarray(start);
    return {
      tensors: Object.entries(entries).map(([name, entry]) => decode(name, Entry.parse(entry), values)),
      metadata: Metadata.parse(metadata ?? {}),
    };
  } catch (error) {
    throw new TrainingError(`${path} is not a whole safetensors file (${content.length} bytes): ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

function decode(name: string, { dtype, shape, data_offsets: [from, to] }: z.infer<typeof Entry>, values: Buffer): SavedTensor {
  if (to > values.length) throw new RangeError(`${name} ends at byte ${to} of ${values.length}`);
  const { buffer } = Uint8Array.from(values.subarray(from, to));
  if (dtype === "F32") return { name, shape, dtype: "float32", values: new Float32Array(buffer) };
  if (dtype === "I32") return { name, shape, dtype: "int32", values: new Int32Array(buffer) };
  return { name, shape, dtype: "bool", values: new Uint8Array(buffer) };
}
