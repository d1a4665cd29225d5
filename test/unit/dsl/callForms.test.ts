import { beforeEach, describe, expect, test } from "vitest";
import { input, layers, model, ModelError, sequential } from "../../../src/dsl";
import { resetDeclarations } from "../../../src/nn";

type Loose = (...received: readonly unknown[]) => unknown;

describe("Keras's forms of calls are refused where models are trained", () => {
  beforeEach(() => resetDeclarations());

  test.each<[form: string, call: () => unknown, message: RegExp]>([
    ["a list first", () => (sequential as Loose)([layers.dense(3)]), /received the list first/],
    ["layers one by one", () => (sequential as Loose)({}, layers.dense(3), layers.reLU()), /received the layers one by one/],
    ["an input in the list", () => (sequential as Loose)({}, [input({ shape: [4] }), layers.dense(3)]), /inputShape: \[4\]/],
    ["an unknown option", () => (sequential as Loose)({ input_shape: [4] }), /Did you mean inputShape\?/],
    ["ends by position", () => byPosition(), /inputs and outputs by position/],
  ])("%s", (_form, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(ModelError);
  });
});

function byPosition(): unknown {
  const x = input({ shape: [4] });
  return (model as Loose)(x, layers.dense(3)(x));
}
