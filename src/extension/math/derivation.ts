import { formatCount } from "../../format";
import type { LayerSummary, SizeFactor, WeightSummary } from "../../protocol";
import { type Formula, texCount, texWords } from "./tex";

/** How many factors fit into one line of a hover. */
const FACTORS_IN_LINE = 7;
/** How many terms are written one below the other before the rest is summed up. */
const ROWS = 10;

/** A factor, with the factors that it was itself made of: 784 = 28·28. */
interface Factor extends SizeFactor {
  readonly parts: readonly number[];
}

/** One term of a parameter count: a weight, or a layer of a model. */
interface Term {
  readonly name: string;
  readonly factors: readonly Factor[];
  readonly size: number;
}

/**
 * How a layer's parameters are counted, each factor named: `28·28 inputs × 300 units + 300 units = 235,500`. Undefined where there are none or
 * nothing is known.
 *
 * @param flattened The shape that a flatten layer before this one received: the factor it made shows where it comes from.
 */
export function deriveParameters(layer: LayerSummary, flattened?: readonly number[]): Formula | undefined {
  if (!layer.params) return undefined;
  const terms =
    layer.layers === undefined ? layer.weights.map((weight) => weightTerm(weight, flattened)) : partTerms(layer.layers);
  return sumOf(terms) === layer.params ? typeset(terms, layer.params) : undefined;
}

/** The parameters of the layers that one call made: those of equal layers together. */
export function deriveRepeatedParameters(layers: readonly LayerSummary[]): Formula | undefined {
  const counts = new Map<number, { readonly first: string; times: number }>();
  for (const { name, params } of layers) {
    if (params === null) return undefined;
    const count = counts.get(params);
    if (count === undefined) counts.set(params, { first: name, times: 1 });
    else count.times++;
  }
  const terms = [...counts].map(([params, { first, times }]): Term => {
    const factors = [...(times > 1 ? [{ value: times, name: "layers" }] : []), { value: params, name: "each" }];
    return { name: times > 1 ? `from ${first}` : first, factors: factors.map(whole), size: times * params };
  });
  const total = sumOf(terms);
  return total === 0 ? undefined : typeset(terms, total);
}

function weightTerm({ name, factors, trainable }: WeightSummary, flattened: readonly number[] = []): Term {
  const size = factors.reduce((product, { value }) => product * value, 1);
  return {
    name: trainable ? name : `${name}, not trained`,
    factors: factors.map((factor) => {
      const unfolds = flattened.length > 1 && factor.name === "inputs" && productOf(flattened) === factor.value;
      return unfolds ? { ...factor, parts: flattened } : whole(factor);
    }),
    size,
  };
}

function partTerms(layers: readonly LayerSummary[]): Term[] {
  return layers.flatMap(({ name, params }) =>
    params ? { name, factors: [whole({ value: params, name: "" })], size: params } : [],
  );
}

function whole(factor: SizeFactor): Factor {
  return { ...factor, parts: [factor.value] };
}

function sumOf(terms: readonly Term[]): number {
  return terms.reduce((sum, { size }) => sum + size, 0);
}

function productOf(values: readonly number[]): number {
  return values.reduce((product, value) => product * value, 1);
}

function typeset(all: readonly Term[], total: number): Formula {
  const terms = all.length > ROWS ? [...all.slice(0, ROWS), remainder(all.slice(ROWS))] : all;
  const text = `${terms.map(readTerm).join(" + ")} = ${formatCount(total)} parameters`;
  const factors = terms.reduce((count, term) => count + term.factors.length, 0);
  return { tex: factors <= FACTORS_IN_LINE ? inLine(terms, total) : inRows(terms, total), text };
}

function remainder(terms: readonly Term[]): Term {
  const size = sumOf(terms);
  return { name: `${terms.length} more`, factors: [whole({ value: size, name: "" })], size };
}

function readTerm({ name, factors }: Term): string {
  const read = factors.map(({ parts, name: what }) => `${parts.map(formatCount).join("·")}${what === "" ? "" : ` ${what}`}`);
  return `${read.join(" × ") || "1"} (${name})`;
}

function inLine(terms: readonly Term[], total: number): string {
  const named = terms.map((term) => String.raw`\underbrace{${texFactors(term)}}_{${texWords(term.name)}}`);
  const single = terms.length === 1 && terms[0]?.factors.length === 1;
  return single ? named.join("") : String.raw`${named.join(" + ")} = ${texCount(total)}`;
}

function inRows(terms: readonly Term[], total: number): string {
  const rows = terms.map((term) => String.raw`${texWords(term.name)} & ${texFactors(term)} & {} = {} & ${texCount(term.size)}`);
  const last = String.raw`\text{together} & & & ${texCount(total)}`;
  return String.raw`\begin{array}{lrcr} ${rows.join(String.raw` \\[4pt] `)} \\[4pt] \hline ${last} \end{array}`;
}

function texFactors({ factors }: Term): string {
  const typesetFactors = factors.map(({ parts, name }) => {
    const product = parts.map(texCount).join(String.raw` \cdot `);
    return name === "" ? product : String.raw`\overset{${texWords(name)}}{${product}}`;
  });
  return typesetFactors.join(String.raw` \cdot `) || "1";
}
