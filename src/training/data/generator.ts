import { namedArrays } from "../../dsl/arrayColumns";
import type { NamedArrays } from "../../dsl/arrayData";
import type { SampleGenerator } from "../../dsl/data";
import { formatSampleShape } from "../../dsl/labelShapes";
import { messageOf, TrainingError } from "../errors";
import { Pace } from "../loop/pace";
import { toDense } from "./arrays";
import type { Column, SourceSamples } from "./samples";
import { ValueStore } from "./valueStore";

export interface GeneratorOptions {
  readonly signal: AbortSignal;
  /** Bytes of each input's or label's values that may be held in memory; those beyond go to a file. */
  readonly memoryLimit: number;
}

/**
 * Draws a generator's samples, at most `limit` of them, and keeps them, so that they can be shuffled, split and measured as any others.
 *
 * @throws TrainingError where the generator throws, or its samples differ in shape; the signal's reason when aborted.
 */
export async function readGenerator(
  samples: SampleGenerator,
  limit: number,
  { signal, memoryLimit }: GeneratorOptions,
): Promise<SourceSamples> {
  const x = new ColumnBuilder("x", memoryLimit);
  const y = new ColumnBuilder("y", memoryLimit);
  const release = (): void => {
    x.dispose();
    y.dispose();
  };
  let count = 0;
  const drawn = new DrawnSamples(samples, signal);
  try {
    while (count < limit) {
      const next = await drawn.next();
      if (next.done === true) break;
      const { value } = next;
      if (typeof value !== "object" || value === null || !("x" in value) || !("y" in value)) {
        throw new TrainingError(`generator: sample ${count} is ${String(value)}; expected { x, y }.`);
      }
      x.add(value.x as NamedArrays | number, count);
      y.add(value.y as NamedArrays | number, count);
      count++;
    }
  } catch (error) {
    release();
    throw error;
  } finally {
    drawn.close();
  }
  return { title: "generator", samples: { x: x.columns, y: y.columns, count }, release };
}

/** Steps through either kind of iterable; what it throws becomes a message. An abort interrupts a generator that waits. */
class DrawnSamples {
  private iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  private readonly pace = new Pace();
  private ended = false;

  constructor(
    private readonly samples: SampleGenerator,
    private readonly signal: AbortSignal,
  ) {}

  async next(): Promise<IteratorResult<unknown>> {
    await this.pace.giveWay(this.signal);
    const next = await unlessAborted(this.step(), this.signal);
    this.ended = next.done === true;
    return next;
  }

  /** Lets a generator that has not ended run its `finally`. Nobody waits for it: it may wait for ever itself. */
  close(): void {
    if (this.ended) return;
    const { iterator } = this;
    void (async () => iterator?.return?.())().catch(() => undefined);
  }

  private async step(): Promise<IteratorResult<unknown>> {
    try {
      this.iterator ??= start(this.samples());
      return await this.iterator.next();
    } catch (error) {
      this.ended = true;
      throw new TrainingError(`generator: the function threw: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** A promise's result. @throws the signal's reason, should it abort first. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    if (abort !== undefined) signal.removeEventListener("abort", abort);
  }
}

function start(iterable: Iterable<unknown> | AsyncIterable<unknown>): Iterator<unknown> | AsyncIterator<unknown> {
  if (Symbol.asyncIterator in Object(iterable)) return (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  if (Symbol.iterator in Object(iterable)) return (iterable as Iterable<unknown>)[Symbol.iterator]();
  throw new TypeError(`it returned a value of type ${typeof iterable}; expected an iterable of { x, y }, as a function* gives.`);
}

/** Collects one side of the samples; the first sample fixes names and shapes. */
class ColumnBuilder {
  private readonly parts = new Map<string | undefined, { shape: readonly number[]; values: ValueStore }>();

  constructor(
    private readonly side: "x" | "y",
    private readonly memoryLimit: number,
  ) {}

  add(data: NamedArrays | number, sample: number): void {
    const arrays = typeof data === "number" ? [[undefined, data] as const] : namedArrays(data);
    for (const [name, array] of arrays) {
      const place = `generator: ${this.side}${name === undefined ? "" : `.${name}`} of sample ${sample}`;
      const { values, shape } = typeof array === "number" ? { values: Float32Array.of(array), shape: [] } : toDense(array, place);
      this.append(name, values, shape, place, sample);
    }
    if (arrays.length !== this.parts.size) {
      throw new TrainingError(
        `generator: ${this.side} of sample ${sample} has ${arrays.length} arrays; expected ${this.parts.size}, as before.`,
      );
    }
  }

  get columns(): Column[] {
    return [...this.parts].map(([name, { shape, values }]) => ({ name, shape, values }));
  }

  dispose(): void {
    for (const { values } of this.parts.values()) values.dispose();
  }

  private append(
    name: string | undefined,
    values: ArrayLike<number>,
    shape: readonly number[],
    place: string,
    sample: number,
  ): void {
    let known = this.parts.get(name);
    if (known === undefined) {
      if (sample > 0) throw new TrainingError(`${place} was not there in the samples before.`);
      known = { shape, values: new ValueStore(this.memoryLimit) };
      this.parts.set(name, known);
    }
    if (known.shape.join() !== shape.join()) {
      throw new TrainingError(
        `${place} has shape ${formatSampleShape(shape)}; expected ${formatSampleShape(known.shape)}, as before.`,
      );
    }
    known.values.append(values);
  }
}
