import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LibTensorFlow } from "../../src/engine/libtensorflow";
import { OpDefinitions } from "../../src/engine/opDefinitions";
import { bytesField, message, readFields, varintField } from "../../src/engine/protobuf";
import { Status } from "../../src/engine/status";
import { loadedLibrary } from "./support";

describe("operations as TensorFlow defines them", () => {
  let tensorflow: LibTensorFlow;
  let status: Status;
  let definitions: OpDefinitions;

  beforeAll(() => {
    tensorflow = loadedLibrary();
    status = new Status(tensorflow);
    definitions = new OpDefinitions(tensorflow, status);
  });

  afterAll(() => {
    definitions.dispose();
    status.dispose();
  });

  test("single inputs", () => {
    const { name, inputs, outputs, attributes } = definitions.get("MatMul");
    expect(name).toBe("MatMul");
    expect(inputs).toEqual([
      { name: "a", numberAttribute: "", typeListAttribute: "" },
      { name: "b", numberAttribute: "", typeListAttribute: "" },
    ]);
    expect(outputs.map((output) => output.name)).toEqual(["product"]);
    expect(Object.fromEntries(attributes)).toMatchObject({ transpose_a: "bool", T: "type" });
  });

  test("a list of tensors of one type, before a single input", () => {
    expect(definitions.get("ConcatV2").inputs).toEqual([
      { name: "values", numberAttribute: "N", typeListAttribute: "" },
      { name: "axis", numberAttribute: "", typeListAttribute: "" },
    ]);
  });

  test("a list of tensors of several types", () => {
    expect(definitions.get("IdentityN").inputs).toEqual([{ name: "input", numberAttribute: "", typeListAttribute: "T" }]);
    expect(definitions.get("IdentityN").attributes.get("T")).toBe("list(type)");
  });

  test("an unknown operation is an error that names it", () => {
    expect(() => definitions.get("NoSuchOperation")).toThrow(/^NoSuchOperation: /);
  });
});

describe("protocol buffers", () => {
  test("what is written is read", () => {
    const bytes = message(varintField(2, 300), bytesField(16, "text"), varintField(1, 2 ** 40));
    expect([...readFields(bytes)]).toEqual([
      { number: 2, value: 300 },
      { number: 16, value: Buffer.from("text") },
      { number: 1, value: 2 ** 40 },
    ]);
  });

  test("a message cut short is refused", () => {
    expect(() => [...readFields(bytesField(1, "text").subarray(0, 4))]).toThrow(RangeError);
  });
});
