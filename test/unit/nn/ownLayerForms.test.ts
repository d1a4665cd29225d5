import * as core from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { layer } from "../../../src/dsl/layer";
import { lambda, dense, softmax } from "../../../src/dsl/layers";
import * as tf from "../../../src/dsl/tf";
import { input, Layer, resetDeclarations, type SymbolicTensor, type TensorInputs } from "../../../src/nn";
import { makerOf } from "../../../src/nn/passingLayers";
import "./backend";

beforeEach(() => void resetDeclarations());

class Plain extends Layer {
  override call(x: TensorInputs): TensorInputs {
    return x;
  }
}

describe("this.addWeight", () => {
  const declare = (...given: unknown[]): unknown =>
    (new Plain().addWeight as (...given: unknown[]) => unknown).apply(new Plain(), given);

  it.each([
    [[{ name: "w", shape: [4, 3], initializer: "zeros" }], `Write this.addWeight("w", [4, 3], { initializer: "zeros" }).`],
    [[[4, 3]], `received [4, 3]. Write this.addWeight("kernel", [4, 3]).`],
    [["w", 4], `received 4. Write this.addWeight("w", [4, 3]).`],
    [["w", [4], "zeros"], `received "zeros". Write { initializer: "zeros" }.`],
    [["w", [4], { initialiser: "zeros" }], "this.addWeight has no option initialiser. Did you mean initializer?"],
    [
      ["w", [undefined, 3]],
      "received [undefined, 3]. An index that is negative is undefined in JavaScript: the last size of a shape is shape.at(-1).",
    ],
    [["w", [, 3]], "received [undefined, 3]."],
    [["w", [null, 3]], "null is a size that is not known before data arrive"],
    [["w", [1.5]], "needs whole numbers as its shape; received [1.5]."],
  ])("says how it is called: %#", (given, message) => {
    expect(() => declare(...given)).toThrow(message);
  });
});

describe("layer(…)", () => {
  it.each([
    [new Plain(), "received a layer (Plain). Write layer(Plain), without new"],
    [(x: unknown) => x, "received a function. A function of a tensor becomes a layer by layers.lambda((x) => …)"],
    [class Other {}, "received the class Other, which does not."],
    [undefined, "received undefined."],
  ])("takes a class of layers: %#", (given, message) => {
    expect(() => layer(given as never)).toThrow(message);
  });
});

describe("a layer that is made in the call of another", () => {
  const x = (): SymbolicTensor => input({ shape: [4] });

  it("is refused where its weights would be lost", () => {
    expect(() => lambda((values) => dense(3)(values))(x())).toThrow(
      "dense is made inside of the call of lambda (Lambda), anew each time it runs: its weights are neither trained nor counted.",
    );
  });

  it("is reported once in analysis", () => {
    const declarations = resetDeclarations({ tolerant: true });
    const make = lambda((values) => dense(3)(values));
    make(x());
    make(x());
    expect(declarations.errors).toHaveLength(1);
  });

  it("may have no weights, and may be kept", () => {
    class Lazy extends Layer {
      held: Layer | undefined;
      override call(values: TensorInputs): TensorInputs {
        this.held ??= dense(3);
        return softmax()(this.held.apply(values as tf.Tensor));
      }
    }
    const lazy = new Lazy();
    expect(lazy.apply(x()).shape).toEqual([null, 3]);
    expect(lazy.weights.map(({ shape }) => shape)).toEqual([[4, 3], [3]]);
    expect(lazy.held === undefined ? undefined : makerOf(lazy.held)).toBe(lazy);
  });
});

describe("tf", () => {
  const values = [
    [1, 2],
    [3, 5],
  ];

  it.each([
    ["softmax", (x: tf.Tensor) => tf.softmax(x, 0), (x: tf.Tensor) => x.softmax(0)],
    ["logSoftmax", (x: tf.Tensor) => tf.exp(tf.logSoftmax(x, 0)), (x: tf.Tensor) => x.logSoftmax(0).exp()],
  ])("%s is taken over any axis", async (_, asFunction, asMethod) => {
    const x = tf.tensor2d(values);
    const expected = await core.transpose(core.softmax(core.transpose(x))).data();
    for (const result of [asFunction(x), asMethod(x)]) core.test_util.expectArraysClose(await result.data(), expected);
    core.test_util.expectArraysClose(await tf.softmax(values, -1).data(), await core.softmax(x).data());
  });

  it("has no variables", () => {
    expect(() => tf.variable(tf.ones([2]))).toThrow(
      `A layer declares its weights in build: this.kernel = this.addWeight("kernel"`,
    );
  });
});
