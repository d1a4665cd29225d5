import type { DataTransform } from "../../dsl/data";
import { Generator } from "../../nn";
import { TrainingError } from "../errors";
import { type Column, formatSampleShape, type Parts, type Samples, sampleSize, type SourceSamples } from "./samples";
import { standardize } from "./standardize";

type SplitTransform = Extract<DataTransform, { kind: "split" }>;

/**
 * Carries out a data set's transforms: first those that choose samples (shuffle, take, split), in their order, then those that change
 * values, fitted on the training part. The result holds copies; the source is unchanged.
 *
 * @param note Receives what the person should know, such as a split that does not apply.
 * @throws TrainingError where a part would be empty.
 */
export function transform(source: SourceSamples, transforms: readonly DataTransform[], note: (text: string) => void): Parts {
  const parts = chooseSamples(source, transforms, note);
  return transforms.reduce(changeValues, parts);
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

/** A whole number takes from the start, a share from the end, as Keras's `validation_split`. */
function splitOff(title: string, part: string, samples: Int32Array, amount: number): [part: Int32Array, rest: Int32Array] {
  const boundary = amount < 1 ? Math.floor(samples.length * (1 - amount)) : amount;
  const [head, tail] = [samples.subarray(0, boundary), samples.subarray(boundary)];
  const [taken, rest] = amount < 1 ? [tail, head] : [head, tail];
  if (taken.length === 0 || rest.length === 0 || (amount >= 1 && taken.length < amount)) {
    throw new TrainingError(
      `split({ ${part}: ${amount} }) of ${samples.length} samples (${title}) leaves ${rest.length} to train on and ${taken.length} for ${part}; expected at least one in each.`,
    );
  }
  return [taken, rest];
}

function range(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

function pick({ x, y }: Samples, rows: Int32Array): Samples {
  const choose = (column: Column): Column => ({ ...column, values: gatherRows(column, rows) });
  return { x: x.map(choose), y: y.map(choose), count: rows.length };
}

function gatherRows({ values, shape }: Column, rows: Int32Array): Float32Array {
  const size = sampleSize(shape);
  const gathered = new Float32Array(rows.length * size);
  rows.forEach((row, index) => gathered.set(values.subarray(row * size, (row + 1) * size), index * size));
  return gathered;
}

function changeValues(parts: Parts, step: DataTransform): Parts {
  switch (step.kind) {
    case "standardize":
      return standardize(parts);
    case "scale":
      return mapParts(parts, ({ x, ...rest }) => ({ ...rest, x: x.map((column) => scale(column, step.factor)) }));
    case "oneHot":
      return mapParts(parts, ({ y, ...rest }) => ({ ...rest, y: y.map((column) => oneHot(column, step.classes)) }));
    default:
      return parts;
  }
}

function mapParts({ training, validation, test }: Parts, change: (samples: Samples) => Samples): Parts {
  return { training: change(training), validation: validation && change(validation), test: test && change(test) };
}

function scale(column: Column, factor: number): Column {
  return { ...column, values: Float32Array.from(column.values, (value) => value * factor) };
}

function oneHot({ name, values, shape }: Column, classes: number): Column {
  if (sampleSize(shape) !== 1) {
    throw new TrainingError(`oneHot(${classes}) takes one label a sample; received labels of shape ${formatSampleShape(shape)}.`);
  }
  const encoded = new Float32Array(values.length * classes);
  values.forEach((label, sample) => {
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new TrainingError(
        `oneHot(${classes}) takes whole-number labels from 0 to ${classes - 1}; received ${label} (sample ${sample}).`,
      );
    }
    encoded[sample * classes + label] = 1;
  });
  return { name, values: encoded, shape: [classes] };
}
