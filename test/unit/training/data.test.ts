import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { arrays, csv, type DataSet, generator } from "../../../src/dsl";
import { type Part, type PartColumn, readData } from "../../../src/training/data";
import { readIdx } from "../../../src/training/data/idx";

const folder = mkdtempSync(join(tmpdir(), "layerwise-data-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const notes: string[] = [];

interface ReadColumn extends Pick<PartColumn, "name" | "shape"> {
  readonly values: Float32Array;
}

interface ReadPart {
  readonly x: readonly ReadColumn[];
  readonly y: readonly ReadColumn[];
  readonly count: number;
}

/** A data set's parts with all their values. */
async function read(
  data: DataSet,
): Promise<{ training: ReadPart; validation: ReadPart | undefined; test: ReadPart | undefined }> {
  const { signal } = new AbortController();
  const { training, validation, test } = await readData(data, { folder, signal, note: (text) => notes.push(text) });
  return { training: readAll(training), validation: validation && readAll(validation), test: test && readAll(test) };
}

function readAll({ x, y, count }: Part): ReadPart {
  const readColumn = (column: PartColumn): ReadColumn => {
    const target = new Float32Array(count * column.shape.reduce((size, dimension) => size * dimension, 1));
    column.read(0, target);
    return { name: column.name, shape: column.shape, values: target };
  };
  return { x: x.map(readColumn), y: y.map(readColumn), count };
}

const values = (column: { values: ArrayLike<number> } | undefined): number[] => Array.from(column?.values ?? []);

/** Two images of 2×2 pixels. */
const IDX = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 255);

describe("IDX", () => {
  it("is read plain and packed", async () => {
    for (const path of [write("plain", IDX), write("packed.gz", gzipSync(IDX))]) {
      expect(await readIdx(path)).toEqual({ shape: [2, 2, 2], values: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255) });
    }
  });

  it.each([
    ["missing", () => join(folder, "nowhere"), /nowhere does not exist/],
    [
      "cut off",
      () => write("short", IDX.subarray(0, 20)),
      /short is cut off: expected 24 bytes for the shape \(2, 2, 2\), received 20/,
    ],
    ["of another kind", () => write("other", "hello, world"), /other is not an IDX file: it starts with 68656c6c/],
    ["cut off when packed", () => write("short.gz", gzipSync(IDX).subarray(0, 20)), /short\.gz \(20 bytes\) cannot be unpacked/],
  ])("says what is wrong with a file that is %s", async (_name, path, message) => {
    await expect(readIdx(path())).rejects.toThrow(message);
  });
});

describe("csv", () => {
  it("takes the last column as label and all others as features", async () => {
    write("a.csv", "length,width,kind\n1,2,0\n3,4.5,1\n");
    const { training } = await read(csv("a.csv"));
    expect(training.count).toBe(2);
    expect(training.x[0]).toMatchObject({ shape: [2], values: Float32Array.of(1, 2, 3, 4.5) });
    expect(training.y[0]).toMatchObject({ shape: [], values: Float32Array.of(0, 1) });
  });

  it("chooses columns by name and number, with another delimiter and no header", async () => {
    write("b.csv", "a;b;c\n1;2;3\n");
    expect(values((await read(csv("b.csv", { features: ["c", 0], label: "b", delimiter: ";" }))).training.x[0])).toEqual([3, 1]);
    write("c.csv", "1,2,3\n4,5,6\n");
    expect((await read(csv("c.csv", { header: false }))).training.count).toBe(2);
  });

  it.each([
    ["another number of columns", "a,b,c\n1,2,3\n4,5\n", /d\.csv, line 3: expected 3 columns, as in line 1; received 2/],
    ["a cell that is no number", "a,b\n1,2\nx,4\n", /line 3, column 1 \(a\): expected a number, received "x"/],
    ["an empty cell", "a,b\n1,\n", /line 2, column 2 \(b\): expected a number, received nothing/],
    ["no lines", "", /d\.csv is empty/],
    ["a header alone", "a,b\n", /holds no samples, only a header/],
  ])("says what is wrong with %s", async (_name, content, message) => {
    write("d.csv", content);
    await expect(read(csv("d.csv"))).rejects.toThrow(message);
  });

  it("names the columns there are when one is missing", async () => {
    write("e.csv", "a,b\n1,2\n");
    await expect(read(csv("e.csv", { label: "kind" }))).rejects.toThrow(
      /no column "kind" \(csv's label\); its columns are "a", "b"/,
    );
    await expect(read(csv("nowhere.csv"))).rejects.toThrow(/nowhere\.csv does not exist/);
  });
});

describe("arrays and generators", () => {
  it("take nested arrays, typed arrays and values with a shape", async () => {
    const nested = await read(arrays({ x: [[[1, 2]], [[3, 4]]], y: Uint8Array.of(0, 1) }));
    expect(nested.training.x[0]).toMatchObject({ shape: [1, 2], values: Float32Array.of(1, 2, 3, 4) });
    const shaped = await read(arrays({ x: { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, y: [5, 6] }));
    expect(shaped.training.x[0]).toMatchObject({ shape: [2] });
    expect(values(shaped.training.y[0])).toEqual([5, 6]);
  });

  it.each([
    Float64Array.of(0, 1, 2),
    Uint32Array.of(0, 1, 2),
    Int16Array.of(0, 1, 2),
    Uint16Array.of(0, 1, 2),
    Int8Array.of(0, 1, 2),
    Uint8ClampedArray.of(0, 1, 2),
    BigInt64Array.of(0n, 1n, 2n),
  ])("take every kind of typed array: $constructor.name", async (typed) => {
    const { training } = await read(arrays({ x: { values: typed, shape: [3, 1] }, y: typed }));
    expect(training.x[0]).toMatchObject({ shape: [1], values: Float32Array.of(0, 1, 2) });
    expect(training.y[0]).toMatchObject({ shape: [], values: Float32Array.of(0, 1, 2) });
  });

  it("tell values with a shape from inputs that are named so", async () => {
    const shaped = await read(arrays({ x: { values: [1, 2, 3, 4], shape: [2, 2] }, y: [0, 1] }));
    expect(shaped.training.x).toMatchObject([{ name: undefined, shape: [2], values: Float32Array.of(1, 2, 3, 4) }]);
    const named = await read(arrays({ x: { values: [[1], [2]], shape: [[3], [4]] }, y: [0, 1] }));
    expect(named.training.x.map(({ name }) => name)).toEqual(["values", "shape"]);
  });

  it.each([
    ["x and y of different lengths", arrays({ x: [[1], [2]], y: [1] }), /x has 2, y has 1 samples/],
    ["a ragged array", arrays({ x: [[1, 2], [3]], y: [0, 1] }), /x\[1\] is ragged: expected 2 entries, as in x\[0\]; received 1/],
    ["no samples", arrays({ x: [], y: [] }), /holds no samples to train on/],
    [
      "a shape that does not fit",
      arrays({ x: { values: Float32Array.of(1, 2, 3), shape: [2, 2] }, y: [0, 1] }),
      /x: expected 4 values, as its shape \[2, 2\] says; received 3\. Correct the shape or the values\./,
    ],
    [
      "a shape of other than whole numbers",
      arrays({ x: { values: [1, 2, 3, 4], shape: [-2, -2] }, y: [0, 1] }),
      /x: expected a shape of whole numbers such as .*, received \[-2, -2\]/,
    ],
    [
      "shaped values that are no numbers",
      arrays({ x: { values: [1, "two"] as never, shape: [2] }, y: [0, 1] }),
      /x\.values\[1\]: expected a number, received "two"/,
    ],
    ["named text", arrays({ x: { a: "text" as never }, y: [0] }), /x\.a: expected nested arrays, .*; received "text"/],
  ])("say what is wrong with %s", async (_name, data, message) => {
    await expect(read(data)).rejects.toThrow(message);
  });

  it("draw no more samples than take asks for", async () => {
    const endless = generator(function* () {
      for (let index = 0; ; index++) yield { x: [index, index], y: index % 2 };
    });
    const { training } = await read(endless.take(3));
    expect(values(training.x[0])).toEqual([0, 0, 1, 1, 2, 2]);
    expect(values(training.y[0])).toEqual([0, 1, 0]);
  });

  it("let a generator clean up when no more samples are wanted", async () => {
    const seen: string[] = [];
    const endless = generator(function* () {
      try {
        for (let index = 0; ; index++) {
          seen.push(`drawn ${index}`);
          yield { x: [index], y: 0 };
        }
      } finally {
        seen.push("closed");
      }
    });
    await read(endless.take(2));
    expect(seen).toEqual(["drawn 0", "drawn 1", "closed"]);
  });

  it.each([
    [
      "waits for ever",
      async function* () {
        yield { x: [1], y: 0 };
        await new Promise(() => undefined);
      },
    ],
    [
      "never ends",
      function* () {
        for (;;) yield { x: [1], y: 0 };
      },
    ],
  ])("are interrupted in a generator that %s", async (_name, samples) => {
    const controller = new AbortController();
    const reading = readData(generator(samples), { folder, signal: controller.signal, note: () => undefined });
    setImmediate(() => controller.abort(new Error("stopped")));
    await expect(reading).rejects.toThrow("stopped");
  });

  it("take asynchronous generators, and name the sample that differs", async () => {
    const asynchronous = generator(async function* () {
      yield { x: [1], y: await Promise.resolve(2) };
    });
    expect((await read(asynchronous)).training.count).toBe(1);
    const uneven = generator(() => [
      { x: [1], y: 0 },
      { x: [1, 2], y: 0 },
    ]);
    await expect(read(uneven)).rejects.toThrow(/x of sample 1 has shape \(2\); expected \(1\)/);
    const throwing = generator(() => {
      throw new Error("no disk");
    });
    await expect(read(throwing)).rejects.toThrow(/generator: the function threw: no disk/);
  });
});

describe("transforms", () => {
  const ten = arrays({
    x: Array.from({ length: 10 }, (_, index) => [index, 7]),
    y: Array.from({ length: 10 }, (_, index) => index % 3),
  });
  const firsts = (column: { values: ArrayLike<number> } | undefined): number[] =>
    values(column).filter((_, index) => index % 2 === 0);

  it("split a number from the start and a share from the end, the test part first", async () => {
    const counted = await read(ten.split({ validation: 3 }));
    expect([firsts(counted.validation?.x[0]), counted.training.count]).toEqual([[0, 1, 2], 7]);
    const shares = await read(ten.split({ test: 0.2, validation: 0.25 }));
    expect([firsts(shares.test?.x[0]), firsts(shares.validation?.x[0]), shares.training.count]).toEqual([[8, 9], [6, 7], 6]);
  });

  it("standardize with the training part's statistics; a constant feature stays finite", async () => {
    const { training, validation } = await read(ten.standardize().split({ validation: 5 }));
    const deviation = Math.sqrt(2);
    expect(firsts(training.x[0])).toEqual([5, 6, 7, 8, 9].map((value) => Math.fround((value - 7) / deviation)));
    expect(firsts(validation?.x[0])[0]).toBeCloseTo(-7 / deviation, 6);
    expect(values(training.x[0]).filter((_, index) => index % 2 === 1)).toEqual([0, 0, 0, 0, 0]);
  });

  it("shuffle with a seed, take, scale and encode", async () => {
    const shuffled = await read(ten.shuffle(3));
    expect(firsts(shuffled.training.x[0])).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(firsts(shuffled.training.x[0]).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(firsts((await read(ten.shuffle(3))).training.x[0])).toEqual(firsts(shuffled.training.x[0]));
    const encoded = await read(ten.take(2).scale(2).oneHot(3));
    expect(firsts(encoded.training.x[0])).toEqual([0, 2]);
    expect(encoded.training.y[0]).toMatchObject({ shape: [3], values: Float32Array.of(1, 0, 0, 0, 1, 0) });
    await expect(read(ten.oneHot(2))).rejects.toThrow(
      /oneHot\(2\) takes whole-number labels from 0 to 1; received 2 \(sample 2\)/,
    );
  });

  it("refuse a split that leaves nothing", async () => {
    await expect(read(ten.split({ validation: 10 }))).rejects.toThrow(/leaves 0 to train on and 10 for validation/);
  });
});
