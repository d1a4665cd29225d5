import koffi from "koffi";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TensorMetadata } from "../../src/engine/binding";
import { DataType } from "../../src/engine/dataTypes";
import type { EagerBinding } from "../../src/engine/eagerBinding";
import type { OpAttribute } from "../../src/engine/opAttributes";
import { TensorFlowError } from "../../src/engine/status";
import type { TensorValues } from "../../src/engine/tensors";
import { openBinding } from "./support";

let binding: EagerBinding;

beforeAll(() => {
  // Electron refuses array buffers over foreign memory, which is what koffi.view makes.
  koffi.view = () => {
    throw new Error("External buffers are not allowed");
  };
  binding = openBinding();
});

afterEach(() => {
  expect(binding.getNumOfTensors(), "tensors that a test left behind").toBe(0);
});

const utf8 = (...texts: string[]): Uint8Array[] => texts.map((text) => new Uint8Array(Buffer.from(text)));

/** Runs an operation on values and returns its outputs' metadata and values, with every tensor deleted again. */
function run(
  opName: string,
  attributes: readonly OpAttribute[],
  inputs: readonly [shape: number[], dtype: number, values: TensorValues][],
  outputCount = 1,
): { metadata: TensorMetadata[]; values: TensorValues[] } {
  const ids = inputs.map((input) => binding.createTensor(...input));
  try {
    const metadata = binding.executeOp(opName, attributes, ids, outputCount);
    const values = metadata.map(({ id }) => binding.tensorDataSync(id));
    metadata.forEach(({ id }) => binding.deleteTensor(id));
    return { metadata, values };
  } finally {
    ids.forEach((id) => binding.deleteTensor(id));
  }
}

const type = (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value });

describe("values come back as they went in", () => {
  test.each<[name: keyof typeof DataType, shape: number[], values: TensorValues]>([
    ["FLOAT", [2, 2], Float32Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY)],
    ["DOUBLE", [2], Float64Array.of(Math.PI, 1e300)],
    ["INT32", [3], Int32Array.of(-2147483648, 0, 2147483647)],
    ["UINT8", [2], Uint8Array.of(0, 255)],
    ["INT16", [2], Int16Array.of(-32768, 32767)],
    ["INT8", [2], Int8Array.of(-128, 127)],
    ["COMPLEX64", [2], Float32Array.of(1, 2, 3, 4)],
    ["COMPLEX128", [1], Float64Array.of(1, 2)],
    ["INT64", [2], BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n)],
    ["BOOL", [3], Uint8Array.of(1, 0, 1)],
    ["UINT16", [1], Uint16Array.of(65535)],
    ["UINT32", [1], Uint32Array.of(4294967295)],
    ["UINT64", [1], BigUint64Array.of(2n ** 64n - 1n)],
    ["HALF", [2], Uint16Array.of(0x3c00, 0xc000)],
    ["BFLOAT16", [2], Uint16Array.of(0x3f80, 0xc000)],
    ["FLOAT", [], Float32Array.of(42)],
    ["FLOAT", [0, 3], new Float32Array()],
    ["STRING", [3], utf8("", "short", "longer than the 22 bytes that fit into a TF_TString")],
    ["STRING", [], [Uint8Array.of(0, 255, 0)]],
    ["STRING", [0], []],
  ])("%s of shape %j", (name, shape, values) => {
    const id = binding.createTensor(shape, DataType[name], values);
    expect(binding.tensorDataSync(id)).toEqual(values);
    const [copy] = binding.executeOp("Identity", [type("T", DataType[name])], [id], 1);
    expect(copy).toMatchObject({ shape, dtype: DataType[name] });
    binding.deleteTensor(id);
    expect(binding.tensorDataSync(copy!.id)).toEqual(values);
    binding.deleteTensor(copy!.id);
  });

  test("64-bit integers as tfjs-node writes them: words of 32 bits", () => {
    const id = binding.createTensor([2], DataType.INT64, Int32Array.of(7, 0, -1, -1));
    expect(binding.tensorDataSync(id)).toEqual(BigInt64Array.of(7n, -1n));
    binding.deleteTensor(id);
  });

  test("a part of a larger buffer", () => {
    const id = binding.createTensor([2], DataType.FLOAT, Float32Array.of(1, 2, 3, 4).subarray(1, 3));
    expect(binding.tensorDataSync(id)).toEqual(Float32Array.of(2, 3));
    binding.deleteTensor(id);
  });

  test("a resource is read as its serialized handle", () => {
    const attributes = [
      { name: "shared_name", type: binding.TF_ATTR_STRING, value: "a resource" },
      { name: "container", type: binding.TF_ATTR_STRING, value: "" },
    ];
    const { metadata, values } = run("SummaryWriter", attributes, []);
    expect(metadata[0]).toMatchObject({ dtype: DataType.RESOURCE, shape: [] });
    expect(Buffer.from((values[0] as Uint8Array[])[0]!).toString("latin1")).toContain("a resource");
  });

  test("strings survive the tensor they were reshaped from", () => {
    const long = utf8("a string that does not fit into 22 bytes", "another string that is longer than that");
    const id = binding.createTensor([2], DataType.STRING, long);
    const shape = binding.createTensor([2], DataType.INT32, Int32Array.of(2, 1));
    const attributes = [type("T", DataType.STRING), type("Tshape", DataType.INT32)];
    const [reshaped] = binding.executeOp("Reshape", attributes, [id, shape], 1);
    binding.deleteTensor(id);
    binding.deleteTensor(shape);
    expect(binding.tensorDataSync(reshaped!.id)).toEqual(long);
    binding.deleteTensor(reshaped!.id);
  });
});

describe("attributes reach the operation", () => {
  const image: [number[], number, TensorValues] = [[1, 2, 2, 1], DataType.FLOAT, Float32Array.of(1, 2, 3, 4)];

  test("lists of integers, strings and types", () => {
    const attributes = [
      type("T", DataType.FLOAT),
      { name: "ksize", type: binding.TF_ATTR_INT, value: [1, 2, 2, 1] },
      { name: "strides", type: binding.TF_ATTR_INT, value: [1, 2, 2, 1] },
      { name: "padding", type: binding.TF_ATTR_STRING, value: "VALID" },
    ];
    expect(run("MaxPool", attributes, [image]).values).toEqual([Float32Array.of(4)]);
  });

  test("a number, and a list input of as many tensors", () => {
    const attributes = [type("T", DataType.FLOAT), { name: "N", type: binding.TF_ATTR_INT, value: 2 }];
    const scalar: [number[], number, TensorValues] = [[], DataType.FLOAT, Float32Array.of(1)];
    expect(run("Pack", attributes, [scalar, scalar]).metadata[0]).toMatchObject({ shape: [2] });
  });

  test("a list of types, and a list input of those types", () => {
    const attributes = [{ name: "T", type: binding.TF_ATTR_TYPE, value: [DataType.FLOAT, DataType.INT32] }];
    const inputs: [number[], number, TensorValues][] = [
      [[], DataType.FLOAT, Float32Array.of(1.5)],
      [[1], DataType.INT32, Int32Array.of(2)],
    ];
    expect(run("IdentityN", attributes, inputs, 2).values).toEqual([Float32Array.of(1.5), Int32Array.of(2)]);
  });

  test("a float", () => {
    const attributes = [type("T", DataType.FLOAT), { name: "alpha", type: binding.TF_ATTR_FLOAT, value: 0.5 }];
    expect(run("LeakyRelu", attributes, [[[2], DataType.FLOAT, Float32Array.of(-2, 2)]]).values).toEqual([
      Float32Array.of(-1, 2),
    ]);
  });

  test("a list of floats", () => {
    const attributes = [type("T", DataType.FLOAT), { name: "boundaries", type: binding.TF_ATTR_FLOAT, value: [0, 10] }];
    const inputs: [number[], number, TensorValues][] = [[[3], DataType.FLOAT, Float32Array.of(-5, 5, 15)]];
    expect(run("Bucketize", attributes, inputs).values).toEqual([Int32Array.of(0, 1, 2)]);
  });

  test("a bool", () => {
    const attributes = [type("T", DataType.FLOAT), { name: "transpose_a", type: binding.TF_ATTR_BOOL, value: true }];
    const row: [number[], number, TensorValues] = [[1, 2], DataType.FLOAT, Float32Array.of(1, 2)];
    expect(run("MatMul", attributes, [row, row]).metadata[0]).toMatchObject({ shape: [2, 2] });
  });

  test("a shape", () => {
    const attributes = [
      { name: "dtype", type: binding.TF_ATTR_TYPE, value: DataType.FLOAT },
      { name: "shape", type: binding.TF_ATTR_SHAPE, value: [2, 3] },
      { name: "shared_name", type: binding.TF_ATTR_STRING, value: "a variable" },
    ];
    expect(run("VarHandleOp", attributes, []).metadata[0]).toMatchObject({ dtype: DataType.RESOURCE });
  });
});

describe("errors name the operation and what was wrong", () => {
  const matrix = (rows: number, columns: number): [number[], number, TensorValues] => [
    [rows, columns],
    DataType.FLOAT,
    new Float32Array(rows * columns),
  ];

  test("an operation that TensorFlow refuses", () => {
    expect(() => run("MatMul", [type("T", DataType.FLOAT)], [matrix(2, 3), matrix(2, 3)])).toThrow(
      /^MatMul: .*(In\[0\]|Matrix size-incompatible)/,
    );
  });

  test("an operation that does not exist", () => {
    const attempt = (): unknown => run("MatMull", [], []);
    expect(attempt).toThrow(TensorFlowError);
    expect(attempt).toThrow(/^MatMull: .*MatMull/);
  });

  test("too few inputs", () => {
    expect(() => run("MatMul", [type("T", DataType.FLOAT)], [matrix(2, 2)])).toThrow(/^MatMul: /);
  });

  test("too many inputs", () => {
    expect(() => run("Neg", [type("T", DataType.FLOAT)], [matrix(1, 1), matrix(1, 1)])).toThrow(
      "Neg: expected no inputs but x; received 2.",
    );
  });

  test("a deleted tensor", () => {
    const id = binding.createTensor([], DataType.FLOAT, Float32Array.of(1));
    binding.deleteTensor(id);
    expect(() => binding.executeOp("Neg", [], [id], 1)).toThrow(`Neg: there is no tensor ${id}`);
    expect(() => binding.tensorDataSync(id)).toThrow(`there is no tensor ${id}`);
    expect(() => binding.deleteTensor(id)).toThrow(`there is no tensor ${id}`);
  });

  test("an attribute of another type", () => {
    const wrong = { name: "alpha", type: binding.TF_ATTR_FLOAT, value: "much" };
    expect(() => run("LeakyRelu", [wrong], [matrix(1, 1)])).toThrow('LeakyRelu: the attribute "alpha" of the type FLOAT');
  });

  test("values of another type, or of another number", () => {
    expect(() => binding.createTensor([2], DataType.FLOAT, Int32Array.of(1, 2))).toThrow(
      "A TF_FLOAT tensor of shape [2] takes a Float32Array that fills the shape; received Int32Array of length 2.",
    );
    expect(() => binding.createTensor([3], DataType.FLOAT, Float32Array.of(1))).toThrow("of length 1");
    expect(() => binding.createTensor([2], DataType.STRING, utf8("one"))).toThrow("TF_STRING tensor of shape [2]");
    const texts = ["one"] as unknown as Uint8Array[];
    expect(() => binding.createTensor([1], DataType.STRING, texts)).toThrow("takes an array of Uint8Array");
    expect(() => binding.createTensor([], DataType.VARIANT, Float32Array.of(1))).toThrow("TF_VARIANT");
  });

  test("an operation works after one that failed", () => {
    expect(() => run("MatMull", [], [])).toThrow();
    expect(run("Neg", [type("T", DataType.FLOAT)], [[[], DataType.FLOAT, Float32Array.of(1)]]).values).toEqual([
      Float32Array.of(-1),
    ]);
  });
});

test("memory stays flat over a thousand operations", () => {
  const values = new Float32Array(256 * 1024).fill(1);
  const step = (): void => {
    run(
      "AddV2",
      [type("T", DataType.FLOAT)],
      [
        [[values.length], DataType.FLOAT, values],
        [[values.length], DataType.FLOAT, values],
      ],
    );
  };
  for (let warmUp = 0; warmUp < 50; warmUp++) step();
  const before = process.memoryUsage.rss();
  for (let index = 0; index < 1000; index++) step();
  // A thousand leaked tensors of a megabyte each would be a gigabyte.
  expect(process.memoryUsage.rss() - before).toBeLessThan(300e6);
});

test("memory stays flat over many long strings", () => {
  const values = [new Uint8Array(1e6)];
  const step = (): void => binding.deleteTensor(binding.createTensor([], DataType.STRING, values));
  for (let warmUp = 0; warmUp < 50; warmUp++) step();
  const before = process.memoryUsage.rss();
  for (let index = 0; index < 1000; index++) step();
  expect(process.memoryUsage.rss() - before).toBeLessThan(300e6);
});
