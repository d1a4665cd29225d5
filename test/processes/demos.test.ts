import { describe, expect, test } from "vitest";
import { provideAnalyzer } from "./support/analyzer";

/** The introduction's example: survivors are doubled, the others are 0. */
const VALUES = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
];

describe("demo(layer, values)", () => {
  const { analyzer, folder } = provideAnalyzer();
  const analyze = async (body: string) => {
    const text = `import { demo, layers, tf } from "layerwise";\n${body}`;
    return (await analyzer.analyze(folder.write("demo.model.ts", text))).analysis;
  };

  test("a layer that does nothing outside training shows its input", async () => {
    const { demos, diagnostics } = await analyze(`demo(layers.dropout(0.5), ${JSON.stringify(VALUES)});`);
    expect(diagnostics).toEqual([]);
    expect(demos).toMatchObject([{ line: 2, input: VALUES, output: VALUES }]);
  });

  test("dropout doubles or drops each value in training; a seed repeats the draw, another call differs", async () => {
    const call = (options: string): string =>
      `demo(layers.dropout(0.5), ${JSON.stringify(VALUES)}, { training: true${options} });`;
    const { demos = [] } = await analyze([call(""), call(""), call(", seed: 1"), call(", seed: 1")].join("\n"));
    const outputs = demos.map(({ output }) => output as number[][]);
    for (const output of outputs) {
      output.flat().forEach((value, index) => expect([0, 2 * VALUES.flat()[index]!]).toContain(value));
    }
    expect(outputs[0]).not.toEqual(outputs[1]);
    expect(outputs[2]).toEqual(outputs[3]);
  });

  test("weights are drawn from the seed; values that JSON lacks are written as text", async () => {
    const { demos = [] } = await analyze(
      `demo(layers.dense(1, { kernelInitializer: "ones" }), [[1, 2], [3, 4]]);\ndemo(layers.lambda((x) => tf.log(x)), [[0]]);`,
    );
    expect(demos.map(({ output }) => output)).toEqual([[[3], [7]], [["-Infinity"]]]);
  });

  test("values may be typed, or come with their shape", async () => {
    const { demos = [], diagnostics } = await analyze(
      [
        `demo(layers.reshape([1]), new Float64Array([1, 2]));`,
        `demo(layers.flatten(), { values: [1, 2, 3, 4], shape: [2, 2] });`,
        `demo(layers.flatten(), { values: new Uint16Array(3), shape: [2, 2] });`,
      ].join("\n"),
    );
    expect(demos.map(({ output }) => output)).toEqual([
      [[1], [2]],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(diagnostics).toMatchObject([{ line: 4 }]);
    expect(diagnostics[0]!.message).toContain("expected 4 values, as its shape [2, 2] says; received 3");
  });

  test("a demo that fails is a diagnostic at its line, and the others are shown", async () => {
    const { demos, diagnostics } = await analyze(`demo(layers.conv2d(3, 3), [[1, 2]]);\ndemo(layers.flatten(), [[[1], [2]]]);`);
    expect(diagnostics).toMatchObject([{ severity: "error", line: 2 }]);
    expect(diagnostics[0]!.message).toContain("demo");
    expect(demos).toMatchObject([{ line: 3, output: [[1, 2]] }]);
  });
});
