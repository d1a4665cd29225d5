import { formatShape, type Model, type Shape, type SymbolicTensor, withoutBatch } from "../../nn";
import type { Plan } from "../../dsl/plan";
import { TrainingError } from "../errors";
import { type LabelledOutput, labelledOutputs, takesClassNumbers } from "./labelledOutputs";
import { checkLabels } from "./labels";
import { type Column, formatSampleShape, type Parts, type Samples, sampleSize } from "./samples";

/**
 * Brings the columns into the order and the shapes of the model's inputs and outputs: as in Keras, a last dimension of 1 is added or left
 * out where that makes them fit.
 *
 * @throws TrainingError where a column is missing or does not fit, a value is not finite, or a label is outside the classes.
 */
export function alignWithModel(parts: Parts, plan: Plan): Parts {
  const align = (part: keyof Parts): Samples | undefined => {
    const samples = parts[part];
    return samples && alignSamples(samples, plan, part);
  };
  return { training: alignSamples(parts.training, plan, "training"), validation: align("validation"), test: align("test") };
}

function alignSamples({ x, y, count }: Samples, plan: Plan, part: string): Samples {
  const { model } = plan;
  const inputs = matchNames(x, model.inputNames, model, "input").map((column, index) => {
    const input = model.inputs[index] as SymbolicTensor;
    const fitting = fitInput(column, input, model.inputNames[index] ?? "", part);
    checkFinite(fitting, `input ${model.inputNames[index] ?? ""}`, part);
    return fitting;
  });
  const outputs = labelledOutputs(plan);
  const outputNames = outputs.map(({ name }) => name);
  const labels = matchNames(y, outputNames, model, "output").map((column, index) => {
    const output = outputs[index] as LabelledOutput;
    checkFinite(column, `label of output ${output.name}`, part);
    const fitting = output.shape === null ? column : fitLabels(column, output.shape, takesClassNumbers(output));
    checkLabels(fitting, output, part);
    return fitting;
  });
  return { x: inputs, y: labels, count };
}

function matchNames(
  columns: readonly Column[],
  names: readonly string[],
  model: Model,
  end: "input" | "output",
): readonly Column[] {
  const [only] = columns;
  if (columns.length === 1 && names.length === 1 && only !== undefined && only.name === undefined) return [only];
  return names.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column !== undefined) return column;
    const received = columns.map((candidate) => candidate.name ?? "one array without a name").join(", ");
    throw new TrainingError(
      `The ${end} "${name}" of ${model.name} gets no data: expected arrays named ${names.join(", ")}; received ${received}. Name them so, e.g. x: { ${names.join(": …, ")}: … }.`,
    );
  });
}

function fitInput(column: Column, input: SymbolicTensor, name: string, part: string): Column {
  if (input.shape === null) return column;
  const expected = withoutBatch(input.shape);
  const shape = [column.shape, [...column.shape, 1], dropLastOne(column.shape)].find((candidate) => fits(candidate, expected));
  if (shape !== undefined) return { ...column, shape };
  throw new TrainingError(
    `The data (${part} part) has samples of shape ${formatSampleShape(column.shape)}; the model's input "${name}" takes ${formatShape(expected)}. ` +
      "Change the model's inputShape, or add layers.reshape or layers.flatten.",
  );
}

/** Labels as one number a sample get the output's last dimension of 1, and the reverse for class numbers. */
function fitLabels(column: Column, output: Shape, classNumbers: boolean): Column {
  const expected = classNumbers ? output.slice(0, -1) : output;
  const shape = [column.shape, [...column.shape, 1], dropLastOne(column.shape)].find((candidate) => fits(candidate, expected));
  return shape === undefined ? column : { ...column, shape };
}

function fits(shape: readonly number[], expected: Shape): boolean {
  return shape.length === expected.length && shape.every((size, axis) => expected[axis] === null || expected[axis] === size);
}

function dropLastOne(shape: readonly number[]): readonly number[] {
  return shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
}

function checkFinite({ values, shape }: Column, what: string, part: string): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return;
  const size = sampleSize(shape);
  throw new TrainingError(
    `The ${what} holds ${values[index] ?? Number.NaN} (${part} part, sample ${Math.floor(index / size)}, value ${index % size}); expected finite numbers. Remove or correct the sample.`,
  );
}
