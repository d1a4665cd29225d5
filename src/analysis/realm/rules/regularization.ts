import type { Node, SymbolicTensor } from "../../../nn/symbolic";
import { proposal, remove, safeProposal } from "./edits";
import { isActivationLayer, isDropout, isKernelLayer } from "./layerKinds";
import type { PlanView, Rule, Violation } from "./rule";

const REGRESSION = /^(mean(Squared|Absolute)|huber|logCosh)/;

/** Dropout at the output sets answers to zero; before a regression's last layer it changes the answers' scale. */
export const dropoutAtOutput: Rule = {
  code: "dropout-at-output",
  *check({ models, plans }) {
    // Without a plan any model may be the one to train.
    const trained = plans.length > 0 ? plans.map(({ graph }) => graph) : models.filter(({ isWhole }) => isWhole);
    for (const { model } of new Set(trained)) {
      for (const output of model.outputs) {
        const dropout = dropoutOnWayTo(output);
        if (dropout === undefined) continue;
        yield {
          subject: dropout.layer,
          message: `${dropout.layer.name} drops the model's own answers while training: some are set to 0, whatever the network says. Put dropout between hidden layers, or take it away.`,
          model,
          proposals: [safeProposal("Remove the dropout", remove(dropout.layer))],
        };
      }
    }
    for (const view of plans) yield* beforeRegression(view);
  },
};

function dropoutOnWayTo(output: SymbolicTensor): Node | undefined {
  for (let node: Node | undefined = output.node; node !== undefined; node = node.inputs[0]?.node) {
    if (isDropout(node.layer)) return node;
    if (!isActivationLayer(node.layer)) return undefined;
  }
  return undefined;
}

function* beforeRegression({ plan, graph, heads }: PlanView): Iterable<Violation> {
  for (const { layer, loss, activation } of heads) {
    if (layer === undefined || activation !== "linear" || !REGRESSION.test(loss?.name ?? "")) continue;
    const producer = graph.nodes.find((node) => node.layer === layer)?.inputs[0]?.node;
    if (producer === undefined || !isDropout(producer.layer) || !isKernelLayer(layer)) continue;
    yield {
      subject: producer.layer,
      severity: "info",
      message: `${producer.layer.name} stands right before the output ${layer.name} of a regression. While training it changes the variance of what the last layer sums, so that the answers are off when it is switched off. Put it further in front, or leave it out.`,
      model: plan.model,
      proposals: [proposal("Remove the dropout", remove(producer.layer))],
    };
  }
}
