import { formatCount, formatShapes, shapeList } from "../../format";
import type { LayerSummary, ModelSummary, SizeFactor, WeightSummary } from "../../protocol";

/** A way to a wrong answer, and what to tell whoever took it. */
interface Mistake {
  readonly answer: number;
  readonly hint: string;
}

type Layers = readonly [LayerSummary, ...LayerSummary[]];

/**
 * What is missing in a wrong prediction of the number of parameters of the layers that one call makes: a weight or a factor left out, another
 * layer's size, one layer of many. Where the answer fits no known mistake, what the number is made of.
 */
export function missingTerm(answer: number, layers: Layers, model: ModelSummary): string {
  const total = layers.reduce((sum, { params }) => sum + (params ?? 0), 0);
  const mistakes = [...repetition(layers), ...(layers.length === 1 ? mistakesIn(layers[0], model) : [])];
  const mistake = mistakes.find((candidate) => candidate.answer === answer && candidate.answer !== total);
  return mistake?.hint ?? `${answer < total ? "Too few" : "Too many"}. ${madeOf(layers)}`;
}

function repetition(layers: Layers): Mistake[] {
  if (layers.length === 1) return [];
  const [first] = layers;
  const last = layers.at(-1) ?? first;
  return [first, last].flatMap(({ name, params }) => [
    { answer: params ?? NaN, hint: `That is ${name} alone: the call makes ${layers.length} layers.` },
    {
      answer: (params ?? NaN) * layers.length,
      hint: `Not all ${layers.length} layers are as large as ${name}: do all have the same inputs?`,
    },
  ]);
}

function mistakesIn(layer: LayerSummary, model: ModelSummary): Mistake[] {
  const { weights } = layer;
  return [
    ...leftOutWeights(weights),
    ...leftOutFactors(weights),
    ...otherInputs(layer, model),
    ...sharedWeights(layer),
    ...biasForEachInput(weights),
  ];
}

/** One weight, or all of the same kind: the biases, what is not trained. */
function leftOutWeights(weights: readonly WeightSummary[]): Mistake[] {
  if (weights.length < 2) return [];
  const groups: { readonly name: string; readonly left: readonly WeightSummary[] }[] = [
    { name: "the biases", left: weights.filter(isBias) },
    { name: "what is not trained, but counts", left: weights.filter(({ trainable }) => !trainable) },
    ...weights.map((weight) => ({ name: isBias(weight) ? "the biases" : weight.name, left: [weight] })),
  ];
  const without = groups.map(({ name, left }) => ({
    answer: sizeOf(weights.filter((weight) => !left.includes(weight))),
    hint: `That leaves out ${name}: ${left.map(describe).join(" and ")}.`,
  }));
  const alone = weights.map((weight) => ({
    answer: sizeOf([weight]),
    hint: `That is ${weight.name} alone. The layer has ${weights.length} weights: ${weights.map(({ name }) => name).join(", ")}.`,
  }));
  return [...without.filter(({ answer }) => answer > 0), ...alone];
}

/** `×4 gates` forgotten, everywhere or in one weight. */
function leftOutFactors(weights: readonly WeightSummary[]): Mistake[] {
  const factors = new Map(weights.flatMap(({ factors: own }) => own).map((factor) => [factor.name, factor]));
  return [...factors.values()]
    .filter(({ value, name }) => value > 1 && name !== "")
    .flatMap((factor) => {
      const without = weights.map((weight) => sizeOf([weight]) / (weight.factors.some(isSame(factor)) ? factor.value : 1));
      const everywhere = { answer: sum(without), hint: `A factor is missing: there are ${named(factor)}.` };
      const once = weights.map((weight, index) => ({
        answer: sizeOf(weights) - sizeOf([weight]) + (without[index] ?? 0),
        hint: `A factor is missing in ${weight.name}: there are ${named(factor)}.`,
      }));
      return [everywhere, ...once];
    });
}

/** The inputs of another layer, or one dimension of several that were flattened. */
function otherInputs(layer: LayerSummary, { layers, inputShape }: ModelSummary): Mistake[] {
  const inputs = layer.weights.flatMap(({ factors }) => factors).find(({ name }) => name === "inputs" || name === "channels");
  if (inputs === undefined) return [];
  const sizes = [inputShape, ...layers.flatMap((other) => [other.inputShape, other.outputShape])].flatMap((shapes) =>
    (shapeList(shapes) ?? []).flatMap((shape) => shape.slice(1)),
  );
  const others = new Set(sizes.filter((size) => size !== null && size !== inputs.value));
  return [...others].map((size) => ({
    answer: sum(
      layer.weights.map(
        (weight) =>
          (sizeOf([weight]) / (weight.factors.some(isSame(inputs)) ? inputs.value : 1)) *
          (weight.factors.some(isSame(inputs)) ? (size ?? 1) : 1),
      ),
    ),
    hint: `You counted ${formatCount(size)} ${inputs.name}; what arrives here is ${formatShapes(layer.inputShape)}.`,
  }));
}

/** A convolution's or a recurrent layer's weights serve every position. */
function sharedWeights({ weights, outputShape, inputShape, params }: LayerSummary): Mistake[] {
  const positions = [outputShape, inputShape].flatMap((shapes) => {
    const known = (shapeList(shapes)?.[0] ?? []).slice(1, -1).filter((size) => size !== null);
    return known.length === 0 ? [] : [...known, known.reduce((product, size) => product * size, 1)];
  });
  return [...new Set(positions)].flatMap((count) => {
    const hint = `The same weights serve all ${formatCount(count)} positions: they count once.`;
    const kernels = sizeOf(weights.filter((weight) => !isBias(weight)));
    return [(params ?? NaN) * count, kernels * count + sizeOf(weights.filter(isBias))].map((answer) => ({ answer, hint }));
  });
}

function biasForEachInput(weights: readonly WeightSummary[]): Mistake[] {
  const inputs = weights.flatMap(({ factors }) => factors).find(({ name }) => name === "inputs");
  const others = sizeOf(weights.filter((weight) => !isBias(weight)));
  if (inputs === undefined || !weights.some(isBias)) return [];
  return [{ answer: others + inputs.value, hint: "A bias belongs to a unit, not to an input." }];
}

function madeOf(layers: Layers): string {
  const [{ weights, layers: parts }] = layers;
  if (parts !== undefined) return `It is the sum over ${parts.length} layers.`;
  const products = weights.map(({ name, factors }) => {
    const names = factors.map((factor) => factor.name).filter((factor) => factor !== "");
    return names.length === 0 ? name : `${name}: ${names.join(" × ")}`;
  });
  return `${layers.length > 1 ? `For each of ${layers.length} layers, count` : "Count"} ${products.join("; ")}.`;
}

function isBias({ name }: WeightSummary): boolean {
  return /(^|\/)bias$/.test(name);
}

function isSame(factor: SizeFactor): (other: SizeFactor) => boolean {
  return ({ name, value }) => name === factor.name && value === factor.value;
}

function named({ value, name }: SizeFactor): string {
  return `${formatCount(value)} ${name}`;
}

function describe({ name, factors }: WeightSummary): string {
  const product = factors
    .map(({ value, name: factor }) => `${formatCount(value)}${factor === "" ? "" : ` ${factor}`}`)
    .join(" × ");
  return `${name}, ${product}`;
}

function sizeOf(weights: readonly WeightSummary[]): number {
  return sum(weights.map(({ shape }) => shape.reduce((size, dimension) => size * dimension, 1)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
