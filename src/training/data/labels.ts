import { formatShape, type Loss, type Shape } from "../../nn";
import { TrainingError } from "../errors";
import { type LabelledOutput, takesClassNumbers } from "./labelledOutputs";
import { type Column, formatSampleShape, sampleSize } from "./samples";

/** @throws TrainingError where labels do not fit the output and its loss. A loss of one's own takes any labels. */
export function checkLabels(column: Column, { name, shape, loss }: LabelledOutput, part: string): void {
  if (shape === null || loss === undefined || loss.name === "custom") return;
  const place = { name, shape, part };
  if (takesClassNumbers({ loss })) {
    checkClassNumbers(column, place);
    return;
  }
  if (shape.length !== column.shape.length || shape.some((size, axis) => size !== null && size !== column.shape[axis])) {
    throw new TrainingError(
      `The labels (${part} part) have shape ${formatSampleShape(column.shape)}; the output "${name}" has ${formatShape(shape)}, and ${loss.name} compares the two. ${advise(column, loss, shape)}`,
    );
  }
}

interface LabelPlace {
  readonly name: string;
  readonly shape: Shape;
  /** For messages: `training`. */
  readonly part: string;
}

function checkClassNumbers({ values, shape }: Column, output: LabelPlace): void {
  const classes = output.shape.at(-1);
  if (classes === null || classes === undefined) return;
  const expectedSize = output.shape.slice(0, -1).reduce<number>((size, dimension) => size * (dimension ?? 1), 1);
  if (!output.shape.slice(0, -1).includes(null) && sampleSize(shape) !== expectedSize) {
    throw new TrainingError(
      `The labels (${output.part} part) have shape ${formatSampleShape(shape)}; sparseCategoricalCrossentropy takes class numbers of shape ${formatShape(output.shape.slice(0, -1))}. For one-hot labels use categoricalCrossentropy.`,
    );
  }
  const index = values.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (index === -1) return;
  const label = values[index] ?? Number.NaN;
  const place = `${output.part} part, sample ${Math.floor(index / sampleSize(shape))}`;
  const remedy =
    Number.isInteger(label) && label >= classes
      ? `Give the last layer at least ${label + 1} units, or correct the labels.`
      : "Correct the labels, or use another loss, such as meanSquaredError for continuous values.";
  throw new TrainingError(
    `The label ${label} (${place}) is outside the classes: the output "${output.name}" has ${classes} units, so that sparseCategoricalCrossentropy takes whole numbers from 0 to ${classes - 1}. ${remedy}`,
  );
}

function advise(column: Column, loss: Loss, output: Shape): string {
  const units = output.at(-1);
  if (loss.name === "categoricalCrossentropy" && sampleSize(column.shape) === 1 && typeof units === "number" && units > 1) {
    return `Add .oneHot(${units}) to the data, or use sparseCategoricalCrossentropy.`;
  }
  return `Give the last layer ${sampleSize(column.shape)} ${sampleSize(column.shape) === 1 ? "unit" : "units"}, or change the labels.`;
}
