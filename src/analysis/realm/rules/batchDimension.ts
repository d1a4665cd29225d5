import type { Node } from "../../../nn/symbolic";
import { formatShape, type Shape } from "../../../nn/shape";
import { inputShapeOf, outputShapeOf } from "./modelGraph";
import type { Rule } from "./rule";

/** Inside a model a layer may move the batch for a while; at an output it must be first. */
export const batchDimensionLost: Rule = {
  code: "batch-dimension-lost",
  *check({ models }) {
    for (const { model, isWhole } of models) {
      for (const { shape, node } of isWhole ? model.outputs : []) {
        if (shape === null || hasBatch(shape)) continue;
        const { layer } = loserOf(node);
        yield {
          subject: layer,
          message: `The output ${node.layer.name} has the shape ${formatShape(shape)}, without the batch as its first dimension${layer === node.layer ? "" : `; ${layer.name} loses it`}. Each sample needs an output of its own: reduce along the other axes, tf.mean(x, -1), and keep the first one first.`,
          model,
        };
      }
    }
  },
};

function hasBatch([batch]: Shape): boolean {
  return batch === null;
}

/** The call that still received the batch first. */
function loserOf(output: Node): Node {
  let node = output;
  for (;;) {
    const input = inputShapeOf(node);
    const producer = node.inputs[0]?.node;
    if (input === undefined || hasBatch(input) || producer === undefined || outputShapeOf(producer) === undefined) return node;
    node = producer;
  }
}
