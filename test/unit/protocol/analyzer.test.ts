import { describe, expect, it } from "vitest";
import { AnalyzerResponse, type CompactLayer, type LayerProperties, type SentAnalyzerResponse } from "../../../src/protocol";

const file = "/work/deep.model.ts";

const dense: LayerProperties = {
  ...{ type: "Dense", inputShape: [null, 16], outputShape: [null, 16], params: 272, trainable: 272, nonTrainable: 0 },
  ...{ weights: [], bytes: 1_088, derivation: "16·16 + 16 = 272", flops: 512, documentation: null },
};

function analyzed(layers: CompactLayer[]): SentAnalyzerResponse {
  const totals = { params: 544, trainable: 544, nonTrainable: 0, bytes: 2_176, flops: 1_024 };
  const model = { name: "deep", export: null, kind: "sequential", file, line: 3, column: 1 } as const;
  return {
    ...{ type: "analyzed", id: 1, sources: [file], complete: true, duration: 12 },
    analysis: {
      models: [{ ...model, inputShape: [null, 16], outputShape: [null, 16], layers, totals }],
      layerProperties: [dense],
      layerCalls: [{ file, line: 4, column: 3, endLine: 4, endColumn: 19 }],
      ...{ plans: [], diagnostics: [], documentation: [] },
    },
  };
}

function decodedLayers(response: SentAnalyzerResponse) {
  const decoded = AnalyzerResponse.parse(JSON.parse(JSON.stringify(response)));
  if (decoded.type !== "analyzed") throw new Error(`Decoded a ${decoded.type}.`);
  return decoded.analysis.models[0]?.layers;
}

describe("an analysis between processes", () => {
  it("gives each layer what it has in common with others, and its own name, inputs and place", () => {
    const place = { file, line: 4, column: 3, endLine: 4, endColumn: 19 };
    const layers = decodedLayers(
      analyzed([
        { name: "dense", inbound: [], properties: 0, call: 0, times: 2 },
        { name: "dense_1", inbound: ["dense"], properties: 0, call: 0, times: 2 },
      ]),
    );
    expect(layers).toEqual([
      { ...dense, ...place, name: "dense", inbound: [], times: 2 },
      { ...dense, ...place, name: "dense_1", inbound: ["dense"], times: 2 },
    ]);
  });

  it("keeps a layer whose call is not known, and the layers of nested models", () => {
    const inner: CompactLayer = { name: "dense", inbound: [], properties: 0, call: null, times: 1 };
    const layers = decodedLayers(analyzed([{ ...inner, name: "block", layers: [inner] }]));
    expect(layers).toMatchObject([
      { name: "block", file: null, line: null, layers: [{ name: "dense", params: 272, line: null }] },
    ]);
  });

  it.each([
    { what: "properties", layer: { properties: 1, call: 0 }, message: "entry 1 of layerProperties, which has 1" },
    { what: "a call", layer: { properties: 0, call: 7 }, message: "entry 7 of layerCalls, which has 1" },
  ])("is refused where a layer refers to $what that are not there", ({ layer, message }) => {
    const decoded = AnalyzerResponse.safeParse(analyzed([{ name: "dense", inbound: [], times: 1, ...layer }]));
    expect(decoded.error?.message).toContain(message);
  });
});
