import { resolve } from "node:path";
import type { DataSet } from "../../dsl/data";
import { sizeOf } from "../../nn/shape";
import { readArrays } from "./arrays";
import { readCsvSamples } from "./csv";
import { readGenerator } from "./generator";
import { dataMemoryLimit } from "./memoryLimit";
import { readNamed } from "./named";
import type { Parts, SourceSamples } from "./samples";
import { transform } from "./transforms";

export { alignWithModel } from "./align";
export { type Batch, type BatchSource, consecutive } from "./batchSource";
export type { Part, PartColumn, Parts } from "./samples";
export { DataTensors } from "./tensors";

export interface ReadOptions {
  /** The folder that relative paths start from: the model file's. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Receives what the person should know but what stops nothing. */
  readonly note: (text: string) => void;
  /** Bytes of a generator's samples that may be held in memory. Default: see `dataMemoryLimit`. */
  readonly memoryLimit?: number;
}

/**
 * Reads a data set and carries out its transforms.
 *
 * @throws TrainingError saying what is wrong with the data and what to do.
 */
export async function readData(data: DataSet, options: ReadOptions): Promise<Parts> {
  const source = await readSource(data, options);
  try {
    options.signal.throwIfAborted();
    return await transform(withDeclaredShape(source, data), data.transforms, options);
  } catch (error) {
    source.release?.();
    throw error;
  }
}

async function readSource(
  { source, transforms }: DataSet,
  { folder, signal, memoryLimit = dataMemoryLimit() }: ReadOptions,
): Promise<SourceSamples> {
  switch (source.kind) {
    case "named":
      return readNamed(source.name);
    case "csv":
      return readCsvSamples(resolve(folder, source.path), source.options);
    case "arrays":
      return readArrays(source.x, source.y);
    case "generator": {
      const first = transforms.find(({ kind }) => kind === "take" || kind === "shuffle" || kind === "split");
      return readGenerator(source.samples, first?.kind === "take" ? first.count : Infinity, { signal, memoryLimit });
    }
  }
}

/** A data set's description may give its inputs another shape of the same size, such as (8, 8) for 64 pixels. */
function withDeclaredShape(source: SourceSamples, { description }: DataSet): SourceSamples {
  const shape = description.inputShape?.map((dimension) => dimension ?? -1);
  if (shape === undefined) return source;
  const size = sizeOf(shape);
  const reshape = <S extends SourceSamples["samples"] | undefined>(samples: S): S => {
    const [only] = samples?.x ?? [];
    if (samples === undefined || only === undefined || samples.x.length !== 1) return samples;
    const own = sizeOf(only.shape);
    return own === size ? { ...samples, x: [{ ...only, shape }] } : samples;
  };
  return { ...source, samples: reshape(source.samples), test: reshape(source.test) };
}
