import { namedArrays } from "../../../dsl/arrayColumns";
import { missingColumn } from "../../../dsl/columnNames";
import { labelledOutputs } from "../../../dsl/labelledOutputs";
import type { Plan } from "../../../dsl/plan";
import { proposal, respell, safeProposal } from "./edits";
import type { Rule, Violation } from "./rule";

/** Inputs and outputs for which the data have no array, because it is named otherwise. */
export const columnNames: Rule = {
  code: "unknown-name",
  *check({ plans }) {
    for (const { plan } of plans) {
      // A model that waits for its input shape has no names yet.
      if (plan.model.outputs.length === 0) continue;
      yield* missing(plan, "input");
      yield* missing(plan, "output");
    }
  },
};

function* missing(plan: Plan, end: "input" | "output"): Iterable<Violation> {
  const { root, source } = plan.options.data;
  const { model } = plan;
  const side = end === "input" ? "x" : "y";
  const received = namesIn(plan, end);
  const names = end === "input" ? model.inputNames : labelledOutputs(plan).map(({ name }) => name);
  const problem = received === undefined ? undefined : missingColumn(received, names, model, end);
  if (problem === undefined) return;
  const { name, nearest, message } = problem;
  const make = received?.length === 1 ? safeProposal : proposal;
  yield {
    subject: source.kind === "arrays" ? root : plan,
    argument: source.kind === "arrays" ? [side] : ["data"],
    ...(nearest === undefined ? {} : { word: nearest }),
    message,
    model,
    proposals: nearest === undefined ? [] : [make(`Rename ${nearest} to ${name}`, respell(root, nearest, name))],
  };
}

/** The names of the data's arrays; undefined where they are not known. */
function namesIn({ options: { data } }: Plan, end: "input" | "output"): (string | undefined)[] | undefined {
  const { source, description } = data;
  if (source.kind === "arrays") return namedArrays(end === "input" ? source.x : source.y).map(([name]) => name);
  if (source.kind === "csv") return [undefined];
  if (end === "input" && description.inputShapes !== undefined) return Object.keys(description.inputShapes);
  return end === "input" && description.inputShape !== undefined ? [undefined] : undefined;
}
