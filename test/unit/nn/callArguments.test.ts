import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { add, dense, lambda, lstm } from "../../../src/dsl/layers";
import { input, type Layer, resetDeclarations, type SymbolicTensor } from "../../../src/nn";
import "./backend";

type Call = (inputs: unknown, second?: unknown) => SymbolicTensor;
const asCall = (layer: Layer): Call => layer as unknown as Call;

beforeEach(() => void resetDeclarations());

describe("a second argument of a layer's call", () => {
  const vector = (): SymbolicTensor => input({ shape: [4] });
  const sequence = (): SymbolicTensor => input({ shape: [5, 4] });

  it.each([
    [(): unknown => asCall(add())(vector(), vector()), "Several tensors are one list, as in layers.add()([a, b])"],
    [(): unknown => asCall(lstm(4))(sequence(), { initialState: vector() }), "lstm([x, h, c])"],
    [(): unknown => asCall(lstm(4))(sequence(), { mask: sequence() }), "A mask travels with its tensor"],
    [(): unknown => asCall(dense(4))(vector(), { training: false }), "frozen by its option trainable: false"],
    [(): unknown => asCall(dense(4))(vector(), { name: "x" }), "Options belong into the call that makes the layer"],
  ])("is refused in training: %#", (call, message) => {
    expect(call).toThrow(message);
  });

  it("is taken as it is meant in analysis", () => {
    const declarations = resetDeclarations({ tolerant: true });
    const merged = asCall(add())(vector(), vector());
    expect(merged.shape).toEqual([null, 4]);
    expect(merged.node.inputs).toHaveLength(2);
    expect(declarations.errors).toHaveLength(1);
  });

  it("is no mistake where map passes it, or a call its context", () => {
    expect([vector(), vector()].map(asCall(dense(3))).map(({ shape }) => shape)).toEqual([
      [null, 3],
      [null, 3],
    ]);
    const inner = lambda((x) => x);
    type CallWithContext = (x: unknown, context: unknown) => Tensor;
    const outer = lambda((x, context) => (inner as unknown as CallWithContext)(x, context));
    expect(outer(vector()).shape).toEqual([null, 4]);
  });
});
