import { expect, it } from "vitest";
import { constraints, initializers, losses, metrics, optimizers, regularizers, schedules } from "../../../src/dsl";
import { Layer, resetDeclarations } from "../../../src/nn";
import * as layers from "../../../src/nn/layers";
import functionsGolden from "../../golden/functions.json";
import initializersGolden from "../../golden/initializers.json";
import optimizersGolden from "../../golden/optimizers.json";
import schedulesGolden from "../../golden/schedules.json";
import { LAYER_FACTORIES } from "../../parity/layerCases";

/** What another test compares, what has nothing to compare, and other names. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  layers: [
    "Lambda", // a function of one's own
    "SpatialDropout2D", // outside of training the same as SpatialDropout1D
    "SpatialDropout3D",
  ],
  losses: ["kLDivergence"],
  metrics: ["kLDivergence", "mean"],
  regularizers: [],
  constraints: [],
  optimizers: [],
  schedules: [],
  // initializers.test.ts says what they are.
  initializers: ["constant", "identity", "ones", "orthogonal", "zeros"],
};

const named = (cases: readonly { readonly name: string }[]): string[] => cases.map(({ name }) => name);

function layerClasses(): string[] {
  return Object.entries(layers).flatMap(([name, value]) =>
    typeof value === "function" && value.prototype instanceof Layer ? name : [],
  );
}

function comparedLayers(): string[] {
  resetDeclarations();
  return Object.values(LAYER_FACTORIES).flatMap((factories) => Object.values(factories).map((make) => make().constructor.name));
}

it.each([
  ["layers", layerClasses(), comparedLayers()],
  ["losses", Object.keys(losses), named(functionsGolden.losses)],
  ["metrics", Object.keys(metrics), named(functionsGolden.metrics)],
  ["regularizers", Object.keys(regularizers), named(functionsGolden.regularizers)],
  ["constraints", Object.keys(constraints), named(functionsGolden.constraints)],
  ["optimizers", Object.keys(optimizers), named(optimizersGolden.cases)],
  ["schedules", Object.keys(schedules), named(schedulesGolden.cases)],
  ["initializers", Object.keys(initializers), named(initializersGolden.cases)],
])("all %s are compared with Keras's numbers", (kind, existing, compared) => {
  const missing = existing.filter((name) => !compared.includes(name) && !ELSEWHERE[kind]?.includes(name));
  expect(missing).toEqual([]);
});
