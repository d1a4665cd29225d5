import { closeSync, mkdirSync, openSync, readSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { cacheFolder } from "../../engine/cacheFolder";
import { messageOf, TrainingError } from "../errors";

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Values that go to memory or disk at a time: 1 MB of them. */
const CHUNK_VALUES = 2 ** 18;
/** The share of the free disk space that a store may fill. */
const DISK_SHARE = 0.5;

/** Values appended one after the other: in memory as long as they are few, then in a file that goes with the process. */
export class ValueStore {
  private length = 0;
  private readonly chunks: Float32Array[] = [];
  private file: SpoolFile | undefined;

  /** @param memoryLimit Bytes that may be held in memory. */
  constructor(private readonly memoryLimit: number) {}

  /** Whether the values lie in a file. */
  get isOnDisk(): boolean {
    return this.file !== undefined;
  }

  /** @throws TrainingError where the disk cannot take them. */
  append(values: ArrayLike<number>): void {
    for (let index = 0; index < values.length; index++) {
      const place = this.length % CHUNK_VALUES;
      if (place === 0) this.nextChunk();
      (this.chunks.at(-1) as Float32Array)[place] = values[index] as number;
      this.length++;
    }
  }

  /** Writes the values from `start` on into `target`: as many as fill it. */
  copyTo(target: Float32Array, start: number): void {
    const spooled = this.spooled;
    const fromFile = Math.max(0, Math.min(target.length, spooled - start));
    if (fromFile > 0) this.file?.read(target.subarray(0, fromFile), start);
    for (let done = fromFile; done < target.length;) {
      const place = start + done - spooled;
      const chunk = this.chunks[Math.floor(place / CHUNK_VALUES)] as Float32Array;
      const piece = chunk.subarray(place % CHUNK_VALUES, (place % CHUNK_VALUES) + target.length - done);
      target.set(piece, done);
      done += piece.length;
    }
  }

  dispose(): void {
    this.file?.close();
    this.file = undefined;
    this.chunks.length = 0;
  }

  private get spooled(): number {
    return this.file?.length ?? 0;
  }

  private nextChunk(): void {
    const bytes = (this.chunks.length + 1) * CHUNK_VALUES * BYTES;
    if (this.chunks.length > 0 && (this.file !== undefined || bytes > this.memoryLimit)) {
      this.file ??= new SpoolFile();
      for (const chunk of this.chunks) this.file.append(chunk);
      this.chunks.length = 0;
    }
    this.chunks.push(new Float32Array(CHUNK_VALUES));
  }
}

class SpoolFile {
  length = 0;
  private readonly descriptor: number;
  private readonly limit: number;
  private readonly folder = join(cacheFolder(), "spool");

  constructor() {
    try {
      mkdirSync(this.folder, { recursive: true });
      const path = join(this.folder, randomUUID());
      this.descriptor = openSync(path, "wx+", 0o600);
      // Without a name its space is free when the process ends, however that ends. Windows keeps the name until then.
      unlinkSync(path);
      const { bavail, bsize } = statfsSync(this.folder);
      this.limit = DISK_SHARE * bavail * bsize;
    } catch (error) {
      throw new TrainingError(`The samples do not fit into memory, and ${this.folder} cannot take them: ${messageOf(error)}.`, {
        cause: error,
      });
    }
  }

  append(values: Float32Array): void {
    if ((this.length + values.length) * BYTES > this.limit) {
      const samples = `${Math.round((this.length * BYTES) / 2 ** 20)} MB of samples`;
      throw new TrainingError(
        `${samples} fill half of the free space of ${this.folder}. Does the generator end? Limit it with .take(n).`,
      );
    }
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.descriptor, bytes, done, bytes.length - done, this.length * BYTES + done);
    }
    this.length += values.length;
  }

  read(target: Float32Array, start: number): void {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.descriptor, bytes, done, bytes.length - done, start * BYTES + done);
      if (read === 0) throw new Error(`The file of the samples ends before value ${start + target.length}.`);
      done += read;
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
