import { describe, expect, it } from "vitest";
import { withoutHidden } from "../../../../src/extension/learning/withoutHidden";
import { withheldSizes, withoutSizes } from "../../../../src/extension/learning/withoutSizes";
import { layer, model } from "../fixtures";

const dense = layer({ line: 3 });
const models = [model([dense, layer({ line: 4, name: "dense_1", params: 30_100, bytes: 120_400, flops: 60_000, weights: [] })])];
const sizes = withheldSizes(
  models,
  withoutHidden(models, ({ name }) => name === "dense"),
);

describe("a text about models whose numbers are still to be predicted", () => {
  it.each([
    ["dense has 235,500 parameters.", "dense has ? parameters."],
    ["235500 values do not fit into the shape [3, 4]", "? values do not fit into the shape [3, 4]"],
    ["A kernel of Size(235200), with 942,000 bytes", "A kernel of Size(?), with ? bytes"],
    ["too many parameters (235500)", "too many parameters (?)"],
    ["A sum (235,500), then 235,500, and 235500.", "A sum (?), then ?, and ?."],
    ["The whole model: 266,610.", "The whole model: ?."],
  ])("does not tell them: %s", (text, told) => expect(withoutSizes(text, sizes)).toBe(told));

  it.each([
    "dense_1 has 30,100 parameters.",
    "dense_235500 receives 1,235,500 features of (batch, 235500), 235500.5 and 235,500.25",
    "tf.reshape of [235,500] into [235, 500] and [?, 235500]",
    "shapes such as (235500, 10), (batch·2, 235500) and [235500]",
    "OOM when allocating tensor with shape[784,235500], at mlp.model.ts:235500:4",
    "tf.matMul of [batch, 235500] and [batch·2, 300]: the inner sizes 784 and 300 differ",
  ])("tells what is none of them: %s", (text) => expect(withoutSizes(text, sizes)).toBe(text));

  it("is as it was where none is hidden", () => {
    const whole = withheldSizes(models, models);
    expect(withoutSizes("dense has 235,500 parameters.", whole)).toBe("dense has 235,500 parameters.");
  });

  it("counts a bias as wide, not as large: its width is the layer's", () => {
    const wide = [model([layer({ line: 3, weights: [{ name: "bias", shape: [1024], trainable: true, factors: [] }] })])];
    const hidden = withheldSizes(
      wide,
      withoutHidden(wide, () => true),
    );
    expect(withoutSizes("1,024 units", hidden)).toBe("1,024 units");
  });
});
