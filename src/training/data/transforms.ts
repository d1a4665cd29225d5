import type { DataTransform } from "../../dsl/data";
import { formatSampleShape } from "../../dsl/labelShapes";
import { isOutsideClasses, outsideEncodingMessage } from "../../dsl/sampleChecks";
import { boundaryOf, splitProblem } from "../../dsl/splitting";
import { Generator } from "../../nn";
import { sizeOf } from "../../nn/shape";
import { TrainingError } from "../errors";
import { Pace } from "../loop/pace";
import { chunks, mapParts, selectSamples, withChange } from "./partColumns";
import type { Part, PartColumn, Parts, Samples, SourceSamples } from "./samples";
import { standardize } from "./standardize";

type SplitTransform = Extract<DataTransform, { kind: "split" }>;

export interface TransformOptions {
  readonly signal: AbortSignal;
  /** Receives what the person should know, such as a split that does not apply. */
  readonly note: (text: string) => void;
}

/**
 * Carries out a data set's transforms: first those that choose samples (shuffle, take, split), in their order, then those that change
 * values, fitted on the training part. The source is unchanged and nothing of it is copied: the parts read from it.
 *
 * @throws TrainingError where a part would be empty; the signal's reason when aborted.
 */
export async function transform(
  source: SourceSamples,
  transforms: readonly DataTransform[],
  { signal, note }: TransformOptions,
): Promise<Parts> {
  const pace = new Pace();
  let parts = chooseSamples(source, transforms, note);
  for (const step of transforms) parts = await changeValues(parts, step, pace, signal);
  return parts;
}

/** Which samples go where, as numbers into the source. */
interface Choice {
  training: Int32Array;
  validation: Int32Array | undefined;
  test: Int32Array | undefined;
  ownTest: Int32Array | undefined;
}

function chooseSamples(source: SourceSamples, transforms: readonly DataTransform[], note: (text: string) => void): Parts {
  const choice: Choice = {
    training: range(source.samples.count),
    validation: undefined,
    test: undefined,
    ownTest: source.test === undefined ? undefined : range(source.test.count),
  };
  for (const step of transforms) {
    if (step.kind === "shuffle") new Generator(step.seed).shuffle(choice.training);
    if (step.kind === "take") {
      choice.training = choice.training.subarray(0, step.count);
      choice.ownTest = choice.ownTest?.subarray(0, step.count);
    }
    if (step.kind === "split") split(source, choice, step, note);
  }
  if (choice.training.length === 0)
    throw new TrainingError(`${source.title} holds no samples to train on; expected at least one.`);
  const ownTest = source.test !== undefined && choice.ownTest !== undefined ? pick(source.test, choice.ownTest) : undefined;
  return {
    training: pick(source.samples, choice.training),
    validation: choice.validation && pick(source.samples, choice.validation),
    test: ownTest ?? (choice.test && pick(source.samples, choice.test)),
    release: () => source.release?.(),
  };
}

function split(source: SourceSamples, choice: Choice, { validation, test }: SplitTransform, note: (text: string) => void): void {
  if (test !== undefined && source.test !== undefined) {
    note(
      `${source.title} brings a test part of ${source.test.count} samples, which is kept: split({ test: ${test} }) is not applied.`,
    );
  } else if (test !== undefined) {
    [choice.test, choice.training] = splitOff(source.title, "test", choice.training, test);
  }
  if (validation !== undefined)
    [choice.validation, choice.training] = splitOff(source.title, "validation", choice.training, validation);
}

/** @throws TrainingError where either the part or the rest would have no samples. */
function splitOff(title: string, part: string, samples: Int32Array, amount: number): [part: Int32Array, rest: Int32Array] {
  const problem = splitProblem(title, part, samples.length, amount);
  if (problem !== undefined) throw new TrainingError(problem);
  const boundary = boundaryOf(samples.length, amount);
  const [head, tail] = [samples.subarray(0, boundary), samples.subarray(boundary)];
  return amount < 1 ? [tail, head] : [head, tail];
}

function range(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

function pick({ x, y }: Samples, numbers: Int32Array): Part {
  return {
    x: x.map((column) => selectSamples(column, numbers)),
    y: y.map((column) => selectSamples(column, numbers)),
    count: numbers.length,
  };
}

function changeValues(parts: Parts, step: DataTransform, pace: Pace, signal: AbortSignal): Parts | Promise<Parts> {
  switch (step.kind) {
    case "standardize":
      return standardize(parts, pace, signal);
    case "scale":
      return mapParts(parts, (part) => ({ ...part, x: part.x.map((column) => scale(column, step.factor)) }));
    case "oneHot":
      return mapParts(parts, (part) => ({ ...part, y: part.y.map((column) => oneHot(column, step.classes, part.count)) }));
    default:
      return parts;
  }
}

function scale(column: PartColumn, factor: number): PartColumn {
  return withChange(column, (values) => {
    for (let index = 0; index < values.length; index++) values[index] = (values[index] as number) * factor;
  });
}

function oneHot(column: PartColumn, classes: number, count: number): PartColumn {
  const { name, shape } = column;
  if (sizeOf(shape) !== 1) {
    throw new TrainingError(`oneHot(${classes}) takes one label a sample; received labels of shape ${formatSampleShape(shape)}.`);
  }
  for (const { start, values } of chunks(column, count)) requireClasses(values, start, classes);
  return {
    name,
    shape: [classes],
    read(start, target) {
      const labels = new Float32Array(target.length / classes);
      column.read(start, labels);
      target.fill(0);
      labels.forEach((label, sample) => (target[sample * classes + label] = 1));
    },
  };
}

function requireClasses(labels: Float32Array, start: number, classes: number): void {
  const index = labels.findIndex((label) => isOutsideClasses(label, classes));
  if (index === -1) return;
  throw new TrainingError(outsideEncodingMessage(labels[index] ?? Number.NaN, classes, start + index));
}
