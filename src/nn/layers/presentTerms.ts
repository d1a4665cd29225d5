import type { Layer } from "../layer";

/** What stands for a weight in formulas, as a term or a factor. */
const TERMS: Readonly<Record<string, readonly RegExp[]>> = {
  bias: [/ \+ b'?(_\w|_\{[^}]*\})?(?![\w\\])/g, /\bb(_\w|_\{[^}]*\})? \+ /g],
  gamma: [/\\gamma(_\w)?\\,/g],
  beta: [/ \+ \\beta(_\w)?/g],
};

/** A layer's formula without the terms of weights that it was told to do without, such as a bias. */
export function presentTerms(layer: Layer, formula: string): string {
  if (!layer.built) return formula;
  const names = new Set(layer.weights.map(({ spec }) => spec.name));
  const key = [formula, ...names].join();
  const known = written.get(key) ?? withoutTerms(formula, names);
  written.set(key, known);
  return known;
}

/** Most layers of a model have one of few formulas. */
const written = new Map<string, string>();

function withoutTerms(formula: string, names: ReadonlySet<string>): string {
  return Object.entries(TERMS).reduce(
    (text, [name, terms]) =>
      names.has(name) || (name === "gamma" && names.has("scale"))
        ? text
        : terms.reduce((rest, term) => rest.replace(term, ""), text),
    formula,
  );
}
