import { inSentence } from "../../../nn/arguments";
import { Embedding } from "../../../nn/layers/embedding";
import { Model } from "../../../nn/model";
import type { SymbolicTensor } from "../../../nn/symbolic";
import { proposal, set } from "./edits";
import { inputRange, inWords, type ValueRange } from "./knownData";
import { isRearrangement } from "./layerKinds";
import { ModelGraph } from "./modelGraph";
import type { PlanView, Rule, Violation } from "./rule";

/** Numbers for which an embedding has no row: training would fail with the first of them. */
export const embeddingIndexRange: Rule = {
  code: "embedding-index-range",
  *check({ plans }) {
    for (const view of plans) {
      const { model } = view.plan;
      yield* standardized(view);
      for (const [layer, inputs] of lookedUp(view)) {
        const beyond = inputs.filter(({ least, greatest }) => least < 0 || greatest >= layer.inputDim);
        if (beyond.length === 0) {
          yield* fractional(view, layer, inputs);
          continue;
        }
        const least = Math.min(...beyond.map((input) => input.least));
        const greatest = Math.max(...beyond.map((input) => input.greatest));
        const all = inputs.every((input) => input.all);
        const names = inSentence(beyond.map(({ name }) => name));
        const numbers = model.inputs.length === 1 ? "inputs" : `numbers for the input${beyond.length === 1 ? "" : "s"} ${names}`;
        const rows = `${layer.name} has rows for the numbers from 0 to ${layer.inputDim - 1}`;
        yield {
          subject: layer,
          argument: [0],
          message: `${rows}; the data's ${numbers} go ${inWords({ least, greatest, all })}. ${adviceFor(least, greatest, all)}`,
          model,
          proposals:
            least < 0 || !all ? [] : [proposal(`Set inputDim to ${greatest + 1}`, set(layer, [0], String(greatest + 1)))],
        };
      }
    }
  },
};

function* fractional({ plan }: PlanView, layer: Embedding, inputs: readonly LookedUp[]): Iterable<Violation> {
  const cut = inputs.filter(({ fractions }) => fractions);
  if (cut.length === 0) return;
  const names = plan.model.inputs.length === 1 ? "inputs" : `numbers for ${inSentence(cut.map(({ name }) => name))}`;
  yield {
    subject: layer,
    severity: "warning",
    message: `${layer.name} looks up rows by whole numbers; the data's ${names} have fractions, which are cut off, so that 0.2 and 0.9 are one row. Number what it looks up, or lead the numbers into layers.dense instead.`,
    model: plan.model,
  };
}

/** Standardized numbers lie around 0 and are no whole ones, whatever they were. */
function* standardized({ plan, graph }: PlanView): Iterable<Violation> {
  const { model, options } = plan;
  if (!options.data.transforms.some(({ kind }) => kind === "standardize")) return;
  for (const layer of new Set(model.inputs.flatMap((input) => embeddingsOf(graph, input)))) {
    yield {
      subject: plan,
      argument: ["data"],
      message: `${layer.name} looks up rows by whole numbers from 0 to ${layer.inputDim - 1}; .standardize() makes fractions around 0 of them, about half of them negative. Leave it out; numbers that are no names or words need no embedding.`,
      model,
    };
  }
}

function adviceFor(least: number, greatest: number, all: boolean): string {
  if (least < 0) return "Number what it looks up from 0.";
  if (all) return `Set inputDim to ${greatest + 1}, one more than the greatest number.`;
  return `Set inputDim to one more than the greatest number, at least to ${greatest + 1}.`;
}

interface LookedUp extends ValueRange {
  /** The input's. */
  readonly name: string;
}

/** The numbers that each embedding looks up, by input, as far as they are known. */
function lookedUp(view: PlanView): ReadonlyMap<Embedding, readonly LookedUp[]> {
  const { model, options } = view.plan;
  const found = new Map<Embedding, LookedUp[]>();
  for (const [index, input] of model.inputs.entries()) {
    const name = model.inputNames[index] ?? "";
    const embeddings = new Set(embeddingsOf(view.graph, input));
    // Looking through all values takes long.
    const range = embeddings.size === 0 ? undefined : inputRange(options.data, name);
    if (range === undefined) continue;
    // Fractions are cut off.
    const numbers = { ...range, name, least: Math.trunc(range.least), greatest: Math.trunc(range.greatest) };
    for (const layer of embeddings) found.set(layer, [...(found.get(layer) ?? []), numbers]);
  }
  return found;
}

/** Those that look up an input's numbers as they come, also within models of one input. */
function embeddingsOf(graph: ModelGraph, input: SymbolicTensor): Embedding[] {
  return [...graph.reached(input, isRearrangement)].flatMap(({ layer }) => {
    if (layer instanceof Embedding) return [layer];
    const [inner, ...others] = layer instanceof Model ? layer.inputs : [];
    return layer instanceof Model && inner !== undefined && others.length === 0
      ? embeddingsOf(new ModelGraph(layer, false), inner)
      : [];
  });
}
