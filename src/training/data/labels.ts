import { formatShape, type Loss, type Shape } from "../../nn";
import { type LabelledOutput, takesClassNumbers } from "../../dsl/labelledOutputs";
import { TrainingError } from "../errors";
import { withChange } from "./partColumns";
import { formatSampleShape, type PartColumn, sampleSize } from "./samples";

/**
 * Labels for an output and its loss; reading them throws a TrainingError where one is outside the classes. A loss of one's own takes any.
 *
 * @throws TrainingError where their shape does not fit.
 */
export function requireLabels(column: PartColumn, { name, shape, loss }: LabelledOutput, part: string): PartColumn {
  if (shape === null || loss === undefined || loss.name === "custom") return column;
  if (takesClassNumbers({ loss })) return requireClassNumbers(column, { name, shape, part });
  if (shape.length !== column.shape.length || shape.some((size, axis) => size !== null && size !== column.shape[axis])) {
    throw new TrainingError(
      `The labels (${part} part) have shape ${formatSampleShape(column.shape)}; the output "${name}" has ${formatShape(shape)}, and ${loss.name} compares the two. ${advise(column, loss, shape)}`,
    );
  }
  return column;
}

interface LabelPlace {
  readonly name: string;
  readonly shape: Shape;
  /** For messages: `training`. */
  readonly part: string;
}

function requireClassNumbers(column: PartColumn, output: LabelPlace): PartColumn {
  const { shape } = column;
  const classes = output.shape.at(-1);
  if (classes === null || classes === undefined) return column;
  const expectedSize = output.shape.slice(0, -1).reduce<number>((size, dimension) => size * (dimension ?? 1), 1);
  if (!output.shape.slice(0, -1).includes(null) && sampleSize(shape) !== expectedSize) {
    throw new TrainingError(
      `The labels (${output.part} part) have shape ${formatSampleShape(shape)}; sparseCategoricalCrossentropy takes class numbers of shape ${formatShape(output.shape.slice(0, -1))}. For one-hot labels use categoricalCrossentropy.`,
    );
  }
  return withChange(column, (labels, start) => {
    const index = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
    if (index === -1) return;
    throw outsideClasses(labels[index] ?? Number.NaN, start + Math.floor(index / sampleSize(shape)), classes, output);
  });
}

function outsideClasses(label: number, sample: number, classes: number, { name, part }: LabelPlace): TrainingError {
  const remedy =
    Number.isInteger(label) && label >= classes
      ? `Give the last layer at least ${label + 1} units, or correct the labels.`
      : "Correct the labels, or use another loss, such as meanSquaredError for continuous values.";
  return new TrainingError(
    `The label ${label} (${part} part, sample ${sample}) is outside the classes: the output "${name}" has ${classes} units, so that sparseCategoricalCrossentropy takes whole numbers from 0 to ${classes - 1}. ${remedy}`,
  );
}

function advise(column: PartColumn, loss: Loss, output: Shape): string {
  const units = output.at(-1);
  if (loss.name === "categoricalCrossentropy" && sampleSize(column.shape) === 1 && typeof units === "number" && units > 1) {
    return `Add .oneHot(${units}) to the data, or use sparseCategoricalCrossentropy.`;
  }
  return `Give the last layer ${sampleSize(column.shape)} ${sampleSize(column.shape) === 1 ? "unit" : "units"}, or change the labels.`;
}
