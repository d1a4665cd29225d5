import { Embedding } from "../../../nn/layers/embedding";
import { Model } from "../../../nn/model";
import type { SymbolicTensor } from "../../../nn/symbolic";
import { proposal, set } from "./edits";
import { inputRange, inWords, type ValueRange } from "./knownData";
import { isRearrangement } from "./layerKinds";
import { ModelGraph } from "./modelGraph";
import type { PlanView, Rule } from "./rule";

/** Numbers for which an embedding has no row: training would fail with the first of them. */
export const embeddingIndexRange: Rule = {
  code: "embedding-index-range",
  *check({ plans }) {
    for (const view of plans) {
      const { model } = view.plan;
      for (const [layer, inputs] of lookedUp(view)) {
        const beyond = inputs.filter(({ least, greatest }) => least < 0 || greatest >= layer.inputDim);
        if (beyond.length === 0) continue;
        const least = Math.min(...beyond.map((input) => input.least));
        const greatest = Math.max(...beyond.map((input) => input.greatest));
        const all = inputs.every((input) => input.all);
        const names = beyond.map(({ name }) => name).join(" and ");
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
    const numbers = { name, least: Math.trunc(range.least), greatest: Math.trunc(range.greatest), all: range.all };
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
