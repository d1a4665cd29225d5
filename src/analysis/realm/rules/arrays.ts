import { type ArrayColumn, type ArrayColumns, arrayColumns, ArrayError, namedArrays } from "../../../dsl/arrayColumns";
import { type ArrayData, isShaped, isTypedArray, type NamedArrays } from "../../../dsl/arrayData";
import type { DataSet } from "../../../dsl/data";
import { type LabelledOutput, labelledOutputs, takesClassNumbers } from "../../../dsl/labelledOutputs";
import type { Plan } from "../../../dsl/plan";
import { isOutsideClasses, nonFiniteMessage, outsideClassesMessage, outsideEncodingMessage } from "../../../dsl/sampleChecks";
import { sizeOf } from "../../../nn/shape";
import type { ArgumentPath } from "../../evaluation";
import { MOST_VALUES } from "./knownData";
import type { Rule, Violation } from "./rule";

/** Arrays that the trainer refuses when it reads them. */
export const refusedArrays: Rule = {
  code: "invalid-argument",
  *check({ plans }) {
    const seen = new Set<DataSet>();
    for (const { plan } of plans) {
      const { root, source } = plan.options.data;
      if (source.kind !== "arrays" || seen.has(root) || countValues(source.x) + countValues(source.y) > MOST_VALUES) continue;
      seen.add(root);
      const found = firstProblem(plan, source.x, source.y);
      if (found !== undefined) yield { subject: root, argument: [...found.path], message: found.message, model: plan.model };
    }
  },
};

type Problem = Pick<Violation, "message"> & { readonly path: Readonly<ArgumentPath> };

function firstProblem(plan: Plan, x: NamedArrays, y: NamedArrays): Problem | undefined {
  let columns: ArrayColumns;
  try {
    columns = arrayColumns(x, y);
  } catch (error) {
    if (error instanceof ArrayError) return error;
    throw error;
  }
  // Samples that are left out may hold anything.
  if (plan.options.data.transforms.some(({ kind }) => kind === "take")) return undefined;
  const nonFinite = [...columns.x.map((column) => ({ column, data: x })), ...columns.y.map((column) => ({ column, data: y }))];
  for (const { column, data } of nonFinite) {
    const problem = nonFiniteIn(column, data);
    if (problem !== undefined) return problem;
  }
  return labelProblem(plan, columns, y);
}

function nonFiniteIn(column: ArrayColumn, data: NamedArrays): Problem | undefined {
  const index = column.values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return undefined;
  const size = sizeOf(column.shape);
  const what = `${column.label.startsWith("x") ? "input" : "label"} ${column.label}`;
  const place = `sample ${Math.floor(index / size)}, value ${index % size}`;
  return { message: nonFiniteMessage(what, column.values[index] ?? Number.NaN, place), path: pathTo(column, index, data) };
}

/** Labels that are no class numbers where the loss, or `oneHot`, takes these. Too few units have a rule of their own. */
function labelProblem(plan: Plan, { y: columns }: ArrayColumns, y: NamedArrays): Problem | undefined {
  const encoding = plan.options.data.transforms.find((transform) => transform.kind === "oneHot");
  for (const output of labelledOutputs(plan)) {
    const column = columns.find(({ name }) => name === undefined || name === output.name);
    const problem = column && (encoding ? encodingProblem(column, encoding.classes, y) : classProblem(column, output, y));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function encodingProblem(column: ArrayColumn, classes: number, y: NamedArrays): Problem | undefined {
  if (sizeOf(column.shape) !== 1) return undefined;
  const index = column.values.findIndex((label) => isOutsideClasses(label, classes));
  if (index < 0) return undefined;
  const message = outsideEncodingMessage(column.values[index] ?? Number.NaN, classes, index);
  return { message, path: pathTo(column, index, y) };
}

function classProblem(column: ArrayColumn, output: LabelledOutput, y: NamedArrays): Problem | undefined {
  const classes = output.shape?.at(-1);
  if (!takesClassNumbers(output) || typeof classes !== "number" || classes === 1) return undefined;
  const index = column.values.findIndex((label) => isOutsideClasses(label, Infinity));
  if (index < 0) return undefined;
  const place = `sample ${Math.floor(index / sizeOf(column.shape))}`;
  const message = outsideClassesMessage(column.values[index] ?? Number.NaN, classes, output.name, place);
  return { message, path: pathTo(column, index, y) };
}

/** Leads from `arrays`' argument to a value, as far as it is written as an element of a list. */
function pathTo({ name, label, shape }: ArrayColumn, index: number, data: NamedArrays): ArgumentPath {
  const column = [label.startsWith("x") ? "x" : "y", ...(name === undefined ? [] : [name])];
  const array = namedArrays(data).find(([candidate]) => candidate === name)?.[1];
  if (array === undefined || isTypedArray(array)) return column;
  if (isShaped(array)) return [...column, "values", index];
  const indices: number[] = [];
  let rest = index;
  for (const dimension of [...shape].reverse()) {
    indices.unshift(rest % dimension);
    rest = Math.floor(rest / dimension);
  }
  return [...column, rest, ...indices];
}

/** As the first of each list has them: a ragged array has about as many. */
function countValues(data: NamedArrays): number {
  return namedArrays(data).reduce((total, [, array]) => total + sizeOfArray(array), 0);
}

function sizeOfArray(array: ArrayData): number {
  if (isTypedArray(array)) return array.length;
  if (isShaped(array)) return array.values.length;
  let size = 1;
  for (let level: unknown = array; Array.isArray(level); level = (level as unknown[])[0]) size *= level.length;
  return size;
}
