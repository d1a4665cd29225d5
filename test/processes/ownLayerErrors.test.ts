import { beforeAll, describe, expect, test } from "vitest";
import { provideAnalyzer } from "./support/analyzer";
import { positionOf } from "./support/modelFolder";

const IMPORTS = `import { input, layer, Layer, layers, model, sequential, tf } from "layerwise";
import { project } from "./helper";
`;
const HELPER = `import { tf } from "layerwise";

export const project = (x: tf.Tensor, w: tf.Tensor): tf.Tensor => {
  const doubled = tf.mul(x, 2);
  return tf.matMul(doubled, w);
};
`;
const own = (call: string, shape = "[10]"): string => `
class Own extends Layer {
  w = this.addWeight("w", [12, 4]);
  call(x: any) {
    ${call}
  }
}
const own = layer(Own);
const double = (x: any) => tf.mul(x, 2);
export const network = sequential({ inputShape: ${shape} }, [own(), layers.dense(2)]);
`;
const SIZES = "With other sizes it works: the batch, and every dimension that is null, may have any size.";

interface Case {
  readonly title: string;
  readonly text: string;
  /** Where the diagnostic begins. */
  readonly at: string;
  readonly message: string;
}

const CASES: readonly Case[] = [
  {
    title: "a product, behind another operation",
    text: own("return tf.relu(tf.matMul(double(x), this.w));"),
    at: "tf.matMul",
    message: "own (Own) failed: tf.matMul of [batch, 10] and [12, 4]: the inner sizes 10 and 12 differ.",
  },
  {
    title: "an operation as a method",
    text: own("return x.add(tf.ones([3, 11]));"),
    at: "x.add",
    message:
      "own (Own) failed: tf.add of [batch, 10] and [3, 11]: sizes that face each other, counted from the last, must be equal or 1.",
  },
  {
    title: "a size that varies, besides the batch",
    text: own("return tf.matMul(x, x);", "[null, 8]"),
    at: "tf.matMul",
    message: "own (Own) failed: tf.matMul of [batch, ?, 8] and [batch, ?, 8]: the inner sizes 8 and ? differ.",
  },
  {
    title: "values that do not fit into a shape",
    text: own("return tf.reshape(x, [7, 3]);"),
    at: "tf.reshape",
    message: "own (Own) failed: tf.reshape of [batch, 10]: batch·10 values do not fit into the shape [7,3].",
  },
  {
    title: "a shape that fits one batch alone",
    text: own("return tf.reshape(x, [2, 10]);"),
    at: "tf.reshape",
    message: `own (Own) failed: tf.reshape of [3, 10]: 30 values do not fit into the shape [2,10]. ${SIZES}`,
  },
  {
    title: "a list of operands",
    text: own("return tf.concat([x, double(x), tf.ones([1, 4])], 0);"),
    at: "tf.concat",
    message: `own (Own) failed: tf.concat of [batch, 10] and [batch, 10] and [1, 4]: Shape of tensors[2] (1,4) does not match the shape of the rest (batch,10) along the non-concatenated axis 2.`,
  },
  {
    title: "an operand that is not there",
    text: own("return tf.matMul(x, (this as any).kernel);"),
    at: "tf.matMul",
    message: "own (Own) failed: tf.matMul of [batch, 10] and undefined: its argument b is no tensor.",
  },
  {
    title: "Python's name of an operation",
    text: own("return (tf as any).matmul(x, this.w);"),
    at: "(tf as any)",
    message: "own (Own) failed: tf has no matmul. Did you mean tf.matMul?",
  },
  {
    title: "a lambda",
    text: `export const network = sequential({ inputShape: [5] }, [\n  layers.lambda((x) => tf.dot(x, tf.ones([4]))),\n]);\n`,
    at: "tf.dot",
    message: "lambda (Lambda) failed: tf.dot of [batch, 5] and [4]: inner dimensions of inputs must match, but got 5 and 4.",
  },
];

describe("an operation that fails inside a layer of one's own", () => {
  const { analyzer, folder } = provideAnalyzer();
  beforeAll(() => folder.write("helper.ts", HELPER));

  test.each(CASES)("$title", async ({ text, at, message }) => {
    const source = IMPORTS + text;
    const { analysis } = await analyzer.analyze(folder.write("own.model.ts", source));
    const [diagnostic, ...others] = analysis.diagnostics.filter(({ code }) => code === "layer-call-failed");
    expect(diagnostic).toMatchObject({ message, ...positionOf(source, at) });
    expect(others).toEqual([]);
  });

  test("in a file that the model imports is shown there", async () => {
    const { analysis } = await analyzer.analyze(folder.write("own.model.ts", IMPORTS + own("return project(x, this.w);")));
    expect(analysis.diagnostics).toMatchObject([
      {
        file: `${folder.path}/helper.ts`,
        ...positionOf(HELPER, "tf.matMul"),
        message: "own (Own) failed: tf.matMul of [batch, 10] and [12, 4]: the inner sizes 10 and 12 differ.",
      },
    ]);
  });
});
