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
    const readings = new Map<DataSet, Reading>();
    for (const { plan } of plans) {
      const { root, source } = plan.options.data;
      if (source.kind !== "arrays" || countValues(source.x) + countValues(source.y) > MOST_VALUES) continue;
      const reading = readings.get(root) ?? read(source.x, source.y);
      readings.set(root, reading);
      const found = firstProblem(plan, reading, source.y);
      if (found === undefined || reading.told.has(found.message)) continue;
      reading.told.add(found.message);
      yield { subject: root, argument: [...found.path], message: found.message, model: plan.model };
    }
  },
};

type Problem = Pick<Violation, "message"> & { readonly path: Readonly<ArgumentPath> };

/** What arrays hold, which is the same for every plan; what a plan makes of their labels is its own. */
interface Reading {
  /** Undefined where they are refused. */
  readonly columns: ArrayColumns | undefined;
  readonly refused: Problem | undefined;
  readonly nonFinite: Problem | undefined;
  /** Messages: many plans may have one problem. */
  readonly told: Set<string>;
}

function read(x: NamedArrays, y: NamedArrays): Reading {
  try {
    const columns = arrayColumns(x, y);
    return { columns, refused: undefined, nonFinite: firstNonFinite(columns, x, y), told: new Set() };
  } catch (error) {
    if (error instanceof ArrayError) return { columns: undefined, refused: error, nonFinite: undefined, told: new Set() };
    throw error;
  }
}

function firstProblem(plan: Plan, { columns, refused, nonFinite }: Reading, y: NamedArrays): Problem | undefined {
  if (columns === undefined) return refused;
  // Samples that are left out may hold anything.
  if (plan.options.data.transforms.some(({ kind }) => kind === "take")) return undefined;
  return nonFinite ?? labelProblem(plan, columns, y);
}

function firstNonFinite(columns: ArrayColumns, x: NamedArrays, y: NamedArrays): Problem | undefined {
  const parts = [...columns.x.map((column) => ({ column, data: x })), ...columns.y.map((column) => ({ column, data: y }))];
  for (const { column, data } of parts) {
    const problem = nonFiniteIn(column, data);
    if (problem !== undefined) return problem;
  }
  return undefined;
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
