import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine, TensorWriter } from "../../src/engine";

describe.each(["tensorflow", "cpu"] as const)("a tensor written piece by piece on %s", (engine) => {
  beforeAll(() => startEngine({ engine }));

  test("holds the pieces in their order", async () => {
    const writer = new TensorWriter([3, 2], "float32");
    writer.write(Float32Array.of(1, 2, 3));
    writer.write(Float32Array.of(4));
    writer.write(Float32Array.of(5, 6));
    const tensor = writer.finish();
    writer.dispose();
    expect(tensor).toMatchObject({ shape: [3, 2], dtype: "float32" });
    expect(await tensor.data()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    tensor.dispose();
  });

  test("takes whole numbers, and none at all", async () => {
    const writer = new TensorWriter([2], "int32");
    writer.write(Int32Array.of(-7, 16_777_217));
    expect(await writer.finish().data()).toEqual(Int32Array.of(-7, 16_777_217));
    expect(new TensorWriter([0, 5], "float32").finish().shape).toEqual([0, 5]);
  });

  test("refuses too many values and too few, and leaves nothing behind", () => {
    const before = memory().numTensors;
    const writer = new TensorWriter([2], "float32");
    writer.write(Float32Array.of(1));
    expect(() => writer.finish()).toThrow(RangeError);
    expect(() => writer.write(Float32Array.of(2, 3))).toThrow(RangeError);
    writer.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
