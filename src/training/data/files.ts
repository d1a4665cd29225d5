import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { messageOf, systemCode, TrainingError } from "../errors";

const GZIP_MAGIC = [0x1f, 0x8b] as const;
/** The last bytes of a gzip file: the unpacked size, modulo 2³². */
const GZIP_SIZE_BYTES = 4;
/** No byte of a gzip file unpacks to more. */
const LARGEST_EXPANSION = 1032;
/** Bytes unpacked at a time: pieces so large go back to the system when they are no longer used. */
const PIECE = 2 ** 20;

/**
 * A data file's bytes, unpacked where they are gzip's: they are read piece by piece, so that packed ones are never held.
 *
 * @throws TrainingError naming the file, where it is missing, cannot be read or is cut off.
 */
export async function readDataFile(path: string): Promise<Buffer> {
  const fail = (error: unknown): never => {
    throw new TrainingError(`The data file ${path} ${describeReadError(error)}.`, { cause: error });
  };
  const file = await open(path).catch(fail);
  try {
    return (await isGzip(file).catch(fail)) ? await unpack(file, path) : await file.readFile().catch(fail);
  } finally {
    await file.close();
  }
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(GZIP_MAGIC.length), position: 0 });
  return GZIP_MAGIC.every((byte, index) => buffer[index] === byte);
}

async function unpack(file: FileHandle, path: string): Promise<Buffer> {
  const { size } = await file.stat();
  let unpacked = Buffer.allocUnsafe(await recordedSize(file, size));
  let length = 0;
  const append = (piece: Buffer): void => {
    if (length + piece.length > unpacked.length) {
      unpacked = Buffer.concat([unpacked.subarray(0, length)], Math.max(2 * unpacked.length, length + piece.length));
    }
    unpacked.set(piece, length);
    length += piece.length;
  };
  try {
    const packed = file.createReadStream({ start: 0, autoClose: false });
    await pipeline(packed, createGunzip({ chunkSize: PIECE }), async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) append(piece);
    });
    return unpacked.subarray(0, length);
  } catch (error) {
    throw new TrainingError(
      `The data file ${path} (${size} bytes) cannot be unpacked: ${messageOf(error)}. It is cut off or damaged; fetch it again.`,
      { cause: error },
    );
  }
}

/** The unpacked size that the file's end claims, where it can be true: a damaged or joined file claims another. */
async function recordedSize(file: FileHandle, size: number): Promise<number> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(GZIP_SIZE_BYTES), position: Math.max(size - GZIP_SIZE_BYTES, 0) });
  return Math.min(buffer.readUInt32LE(), size * LARGEST_EXPANSION);
}

function describeReadError(error: unknown): string {
  switch (systemCode(error)) {
    case "ENOENT":
      return "does not exist. Check the path: it is relative to the model file";
    case "EACCES":
    case "EPERM":
      return "cannot be read: permission denied. Give yourself read permission";
    case "EISDIR":
      return "is a folder; expected a file";
    default:
      return `cannot be read: ${messageOf(error)}`;
  }
}
