import { describe, expect, test } from "vitest";
import type { LayerSummary, ModelSummary, Shapes } from "../../src/protocol";
import golden from "../golden/models.json";
import { provideAnalyzer } from "./support/analyzer";

interface GoldenLayer {
  readonly name: string;
  readonly type: string;
  readonly outputShape: Shapes;
  readonly params: number;
  readonly trainable: number;
  readonly layers?: readonly GoldenLayer[];
}

/** What Keras says of a model and what the analyzer does, in the same words. */
type GoldenModel = (typeof golden.models)[number]["keras"];

function describeLayer({ name, type, outputShape, params, trainable, layers }: LayerSummary): GoldenLayer {
  const properties = { name, type, outputShape, params: params ?? NaN, trainable: trainable ?? NaN };
  return layers === undefined ? properties : { ...properties, layers: layers.map(describeLayer) };
}

function describeModel({ name, inputShape, outputShape, totals, layers }: ModelSummary): object {
  const { params, trainable } = totals;
  return { name, inputShape, outputShape, params, trainable, layers: layers.map(describeLayer) } satisfies Record<
    keyof GoldenModel,
    unknown
  >;
}

describe("of 200 models, the analyzer says what Keras says", () => {
  const { analyzer, folder } = provideAnalyzer();

  test("the table holds 200 models", () => expect(golden.models).toHaveLength(200));

  test.each(golden.models)("$title", async ({ source, keras }) => {
    const { analysis } = await analyzer.analyze(folder.write("a.model.ts", source));
    expect(analysis.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const network = analysis.models.find((candidate) => candidate.export === "network");
    expect(network === undefined ? undefined : describeModel(network)).toEqual(keras);
  });
});
