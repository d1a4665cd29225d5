import { formatShape, type Model, sizeOf, type SymbolicTensor, withoutBatch } from "../../nn";
import { alternatives, fitLabelShape, fitsShape, formatSampleShape } from "../../dsl/labelShapes";
import { type LabelledOutput, labelledOutputs } from "../../dsl/labelledOutputs";
import { missingColumn } from "../../dsl/columnNames";
import type { Plan } from "../../dsl/plan";
import { nonFiniteMessage } from "../../dsl/sampleChecks";
import { TrainingError } from "../errors";
import { requireLabels } from "./labels";
import { mapParts, withChange } from "./partColumns";
import type { Part, PartColumn, Parts } from "./samples";

/**
 * Brings the columns into the order and the shapes of the model's inputs and outputs: as in Keras, a last dimension of 1 is added or left
 * out where that makes them fit. Reading the columns throws a TrainingError where a value is not finite or a label is outside the classes.
 *
 * @throws TrainingError where a column is missing or does not fit.
 */
export function alignWithModel(parts: Parts, plan: Plan): Parts {
  return mapParts(parts, (part, name) => alignPart(part, plan, name));
}

function alignPart({ x, y, count }: Part, plan: Plan, part: string): Part {
  const { model } = plan;
  const inputs = matchNames(x, model.inputNames, model, "input").map((column, index) => {
    const name = model.inputNames[index] ?? "";
    return requireFinite(fitInput(column, model.inputs[index] as SymbolicTensor, name, part), `input ${name}`, part);
  });
  const outputs = labelledOutputs(plan);
  const outputNames = outputs.map(({ name }) => name);
  const labels = matchNames(y, outputNames, model, "output").map((column, index) => {
    const output = outputs[index] as LabelledOutput;
    return requireLabels(requireFinite(fitLabels(column, output), `label of output ${output.name}`, part), output, part);
  });
  return { x: inputs, y: labels, count };
}

function matchNames(
  columns: readonly PartColumn[],
  names: readonly string[],
  model: Model,
  end: "input" | "output",
): readonly PartColumn[] {
  const [only] = columns;
  if (columns.length === 1 && names.length === 1 && only !== undefined && only.name === undefined) return [only];
  const received = columns.map(({ name }) => name);
  const missing = missingColumn(received, names, model, end);
  if (missing !== undefined) throw new TrainingError(missing.message);
  return names.map((name) => columns[received.indexOf(name)] as PartColumn);
}

function fitInput(column: PartColumn, input: SymbolicTensor, name: string, part: string): PartColumn {
  if (input.shape === null) return column;
  const expected = withoutBatch(input.shape);
  const shape = alternatives(column.shape).find((candidate) => fitsShape(candidate, expected));
  if (shape !== undefined) return { ...column, shape };
  throw new TrainingError(
    `The data (${part} part) has samples of shape ${formatSampleShape(column.shape)}; the model's input "${name}" takes ${formatShape(expected)}. ` +
      "Change the model's inputShape, or add layers.reshape or layers.flatten.",
  );
}

function fitLabels(column: PartColumn, output: LabelledOutput): PartColumn {
  const shape = fitLabelShape(column.shape, output);
  return shape === undefined ? column : { ...column, shape };
}

function requireFinite(column: PartColumn, what: string, part: string): PartColumn {
  const size = sizeOf(column.shape);
  return withChange(column, (values, start) => {
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as number;
      if (Number.isFinite(value)) continue;
      const place = `${part} part, sample ${start + Math.floor(index / size)}, value ${index % size}`;
      throw new TrainingError(nonFiniteMessage(what, value, place));
    }
  });
}
