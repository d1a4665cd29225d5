import { type Shape, sizeOf } from "../../nn";
import { describeLabelShape, labelMismatch } from "../../dsl/labelShapes";
import { type LabelledOutput, takesClassNumbers } from "../../dsl/labelledOutputs";
import { isOutsideClasses, outsideClassesMessage } from "../../dsl/sampleChecks";
import { TrainingError } from "../errors";
import { withChange } from "./partColumns";
import type { PartColumn } from "./samples";

/**
 * Labels for an output and its loss; reading them throws a TrainingError where one is outside the classes. A loss of one's own takes any.
 *
 * @throws TrainingError where their shape does not fit.
 */
export function requireLabels(column: PartColumn, output: LabelledOutput, part: string): PartColumn {
  const mismatch = labelMismatch(column.shape, output);
  if (mismatch !== undefined) {
    throw new TrainingError(
      `The labels (${part} part) ${describeLabelShape(column.shape)}; ${mismatch.expectation} ${mismatch.advice}`,
    );
  }
  const { name, shape, loss } = output;
  return shape !== null && takesClassNumbers({ loss }) ? requireClassNumbers(column, { name, shape, part }) : column;
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
  return withChange(column, (labels, start) => {
    const index = labels.findIndex((label) => isOutsideClasses(label, classes));
    if (index === -1) return;
    const place = `${output.part} part, sample ${start + Math.floor(index / sizeOf(shape))}`;
    throw new TrainingError(outsideClassesMessage(labels[index] ?? Number.NaN, classes, output.name, place));
  });
}
