import { describe, expect, test } from "vitest";
import { layerCalled, onlyModel, provideAnalyzer } from "./support/analyzer";

const IMPORTS = `import { input, layer, Layer, layers, model, sequential, tf } from "layerwise";\n`;

const RESIDUAL = `
class Residual extends Layer {
  first; second; norm;
  constructor(filters: number) {
    super();
    this.first = layers.conv2d(filters, 3, { padding: "same", useBias: false });
    this.second = layers.conv2d(filters, 3, { padding: "same", useBias: false });
    this.norm = layers.batchNormalization();
  }
  override call(x: any) {
    return tf.relu(tf.add(x, this.norm(this.second(tf.relu(this.first(x))))));
  }
}
const residual = layer(Residual);
`;

describe("shapes of layers of one's own", () => {
  const { analyzer, folder } = provideAnalyzer();

  const analyze = (text: string) => analyzer.analyze(folder.write("own.model.ts", IMPORTS + text));

  // Computed with values, each of these took seconds.
  test.each([
    {
      title: "convolutions on images of 224 × 224",
      text: `${RESIDUAL}export const net = sequential({ inputShape: [224, 224, 3] }, [layers.conv2d(64, 3, { padding: "same" }), residual(64), residual(64)]);`,
      output: [null, 224, 224, 64],
      params: 1_792 + 2 * (2 * 36_864 + 256),
    },
    {
      title: "attention over 1,000 positions",
      text: `
class Block extends Layer {
  attention = layers.multiHeadAttention(8, 64);
  call(x: any) { return tf.add(x, this.attention([x, x])); }
}
const block = layer(Block);
export const net = sequential({ inputShape: [1000, 512] }, [block(), block()]);`,
      output: [null, 1000, 512],
      params: 2 * 4 * (512 * 512 + 512),
    },
    {
      title: "a weight of 16 million numbers",
      text: `
class Wide extends Layer {
  kernel = this.addWeight("kernel", [4096, 4096]);
  call(x: any) { return tf.softmax(tf.matMul(x, this.kernel)); }
}
export const net = sequential({ inputShape: [4096] }, [layer(Wide)()]);`,
      output: [null, 4096],
      params: 4096 * 4096,
    },
  ])("are found without computing values: $title", async ({ text, output, params }) => {
    const analyzed = await analyze(text);
    expect(analyzed.analysis.diagnostics).toEqual([]);
    const net = onlyModel(analyzed);
    expect(net.outputShape).toEqual(output);
    expect(net.totals.params).toBe(params);
  });

  test("a layer that reads values gets them", async () => {
    const analyzed = await analyze(`
class Gate extends Layer {
  call(x: any) {
    const ones = tf.exp(tf.zerosLike(x)).sum().dataSync()[0];
    if (ones !== x.size) throw new Error("received " + ones);
    const steps = Array.from({ length: 3000 }).reduce((value: any) => tf.add(value, 1), x);
    return tf.tile(x, [1, steps.max().dataSync()[0] / 1000]);
  }
}
export const net = sequential({ inputShape: [4] }, [layer(Gate)(), layers.dense(2)]);`);
    expect(analyzed.analysis.diagnostics).toEqual([]);
    expect(layerCalled(onlyModel(analyzed), "gate").outputShape).toEqual([null, 12]);
  });
});
