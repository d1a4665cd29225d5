import { weightsOf } from "../layerWeights";
import type { Rule } from "./rule";

/** The trainer refuses a model of which no weight may change. */
export const nothingTrainable: Rule = {
  code: "nothing-trainable",
  *check({ plans }) {
    for (const { plan } of plans) {
      const { model } = plan;
      const { known, all, trainable } = weightsOf(model);
      if (!known || trainable.size > 0) continue;
      yield {
        subject: plan,
        argument: [0],
        message:
          all.length === 0
            ? `None of the layers of ${model.name} has weights, so there is nothing to train. Add a layer that learns, such as layers.dense(1).`
            : `All weights of ${model.name} are frozen, so there is nothing to train. Set trainable to true for ${model.trainable ? "the layers" : "the model, or for those of its layers"} that are to learn.`,
        model,
      };
    }
  },
};
