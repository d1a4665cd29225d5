import { SEVERITIES } from "../../src/protocol/diagnosticCodes";
import type { NetworkLayer } from "../../src/protocol/network";
import { type Item, ownLayers } from "./level";

/** The gravest diagnostic of an item, and of all layers in it. */
export function gravestProblem(item: Item): NetworkLayer["problem"] {
  const problems = itemProblems(item);
  return SEVERITIES.map((severity) => problems.find((problem) => problem.severity === severity)).find(Boolean) ?? null;
}

function itemProblems(item: Item): NonNullable<NetworkLayer["problem"]>[] {
  const own = ownLayers(item).flatMap(({ problem }) => problem ?? []);
  return item.kind === "layer" ? own : [...own, ...item.content.items.flatMap(itemProblems)];
}
