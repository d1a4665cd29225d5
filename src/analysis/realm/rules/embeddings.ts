import { Embedding } from "../../../nn/layers/embedding";
import type { SymbolicTensor } from "../../../nn/symbolic";
import { proposal, set } from "./edits";
import { inputRange } from "./knownData";
import { isRearrangement } from "./layerKinds";
import type { PlanView, Rule } from "./rule";

/** Numbers for which an embedding has no row: training would fail with the first of them. */
export const embeddingIndexRange: Rule = {
  code: "embedding-index-range",
  *check({ plans }) {
    for (const view of plans) {
      const { plan } = view;
      for (const [index, input] of plan.model.inputs.entries()) {
        const embeddings = embeddingsOf(view, input);
        // Looking through all values takes long.
        const range = embeddings.length === 0 ? undefined : inputRange(plan.options.data, plan.model.inputNames[index] ?? "");
        if (range === undefined) continue;
        // Fractions are cut off.
        const [least, greatest] = [Math.trunc(range[0]), Math.trunc(range[1])];
        for (const layer of embeddings) {
          if (least >= 0 && greatest < layer.inputDim) continue;
          const rows = `${layer.name} has rows for the numbers from 0 to ${layer.inputDim - 1}`;
          yield {
            subject: layer,
            argument: [0],
            message: `${rows}; the data's inputs go from ${least} to ${greatest}. ${least < 0 ? "Number what it looks up from 0." : `Set inputDim to ${greatest + 1}, one more than the greatest number.`}`,
            model: plan.model,
            proposals: least < 0 ? [] : [proposal(`Set inputDim to ${greatest + 1}`, set(layer, [0], String(greatest + 1)))],
          };
        }
      }
    }
  },
};

/** Those that look up an input's numbers as they come. */
function embeddingsOf({ graph }: PlanView, input: SymbolicTensor): Embedding[] {
  return [...graph.reached(input, isRearrangement)].map(({ layer }) => layer).filter((layer) => layer instanceof Embedding);
}
