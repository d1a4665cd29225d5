import { show } from "../arguments";
import { ModelError } from "../errors";
import type { Layer } from "../layer";
import { type Dimension, formatShape, type Shape } from "../shape";
import type { Labels } from "./einsum";
import { sizesDiffer } from "./inputs";

/** `"abc,cd->abd"`, with `...` at the left or at the right of input and output for further axes. */
interface Equation {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
  readonly elided: "left" | "right" | undefined;
}

/** An equation as it applies to an input of a known rank. */
export interface EinsumShapes {
  readonly inputLabels: Labels;
  readonly kernelLabels: Labels;
  readonly outputLabels: Labels;
  readonly output: Shape;
  /** By label; `null` where the input's size is not known. */
  readonly sizes: ReadonlyMap<string, Dimension>;
}

const FORMS: readonly { pattern: RegExp; elided: Equation["elided"] }[] = [
  { pattern: /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)$/, elided: undefined },
  { pattern: /^\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)$/, elided: "left" },
  { pattern: /^([a-zA-Z]{2,})\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\.$/, elided: "right" },
];

/** @throws ModelError for an equation that is none. */
export function parseEquation(layer: Layer, equation: unknown): Equation {
  const text = typeof equation === "string" ? equation.replace(/\s/g, "") : "";
  for (const { pattern, elided } of FORMS) {
    const [, input, kernel, output] = pattern.exec(text) ?? [];
    if (input === undefined || kernel === undefined || output === undefined) continue;
    for (const labels of [input, kernel, output]) {
      if (new Set(labels).size < labels.length) throw refused(layer, `a letter comes twice in "${labels}" of "${text}"`);
    }
    for (const label of output) {
      if (!input.includes(label) && !kernel.includes(label)) {
        throw refused(layer, `"${label}" stands in the output of "${text}" and in neither the input nor the kernel`);
      }
    }
    for (const label of kernel) {
      if (!input.includes(label) && !output.includes(label)) {
        throw refused(layer, `"${label}" stands in the kernel of "${text}" and in neither the input nor the output`);
      }
    }
    return { input, kernel, output, elided };
  }
  throw refused(layer, `received ${show(equation)}`);
}

function refused(layer: Layer, problem: string): ModelError {
  return new ModelError(
    "invalid-argument",
    `layers.einsumDense(equation, outputShape) takes an equation such as "abc,cd->abd", "...x,xy->...y" or "ab...,bc->ac..."; ${problem}.`,
    layer,
  );
}

/**
 * @param outputShape Without the batch and the axes behind `...`; `null` where the input decides.
 * @throws ModelError where the input does not fit the equation.
 */
export function applyEquation(
  layer: Layer,
  { input, kernel, output, elided }: Equation,
  inputShape: Shape,
  outputShape: readonly Dimension[],
): EinsumShapes {
  const surplus = inputShape.length - input.length;
  if (surplus < 0 || (elided === undefined && surplus > 0)) {
    throw mismatch(layer, `takes inputs of ${input.length} dimensions ("${input}")`, inputShape);
  }
  const further = Array.from({ length: surplus }, (_, index) => `...${index}`);
  const spread = (labels: string): Labels =>
    elided === "left" ? [...further, ...Array.from(labels)] : [...Array.from(labels), ...further];
  const inputLabels = spread(input);
  const outputLabels = spread(output);
  const sizes = new Map<string, Dimension>(inputLabels.map((label, axis) => [label, inputShape[axis] ?? null]));
  // The batch is the first axis, or the first of those behind `...`.
  const declared = Array.from(output).slice(elided === "left" && surplus > 0 ? 0 : 1);
  if (outputShape.length !== declared.length) {
    throw mismatch(
      layer,
      `has an outputShape of ${outputShape.length} sizes for the ${declared.length} of "${declared.join("")}"`,
      inputShape,
    );
  }
  declared.forEach((label, index) => {
    const size = outputShape[index] ?? null;
    const received = sizes.get(label);
    if (sizesDiffer(size, received)) {
      throw mismatch(layer, `has ${show(size)} for "${label}" in its outputShape, and the input ${show(received)}`, inputShape);
    }
    sizes.set(label, size ?? received ?? null);
  });
  for (const label of kernel) {
    if ((sizes.get(label) ?? null) === null) throw mismatch(layer, `needs a size for "${label}" of its kernel`, inputShape);
  }
  const shape = outputLabels.map((label) => sizes.get(label) ?? null);
  return { inputLabels, kernelLabels: Array.from(kernel), outputLabels, output: shape, sizes };
}

function mismatch(layer: Layer, problem: string, inputShape: Shape): ModelError {
  return new ModelError(
    "shape-mismatch",
    `${layer.name} ${problem}; received an input of shape ${formatShape(inputShape)}.`,
    layer,
  );
}
