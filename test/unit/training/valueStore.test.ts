import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataMemoryLimit } from "../../../src/training/data/memoryLimit";
import { ValueStore } from "../../../src/training/data/valueStore";

const MEGABYTE = 2 ** 20;
/** More than three megabytes. */
const COUNT = 800_000;
let folder: string;
const before = process.env["XDG_CACHE_HOME"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "layerwise-store-"));
  process.env["XDG_CACHE_HOME"] = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env["XDG_CACHE_HOME"];
  else process.env["XDG_CACHE_HOME"] = before;
  rmSync(folder, { recursive: true });
});

describe.each([
  ["in memory", 16 * MEGABYTE, false],
  ["in a file", 2 * MEGABYTE, true],
])("values %s", (_name, limit, isOnDisk) => {
  it("are read from wherever they lie", () => {
    const store = new ValueStore(limit);
    for (let start = 0; start < COUNT; start += 7) {
      store.append(Array.from({ length: Math.min(7, COUNT - start) }, (_, index) => start + index));
    }
    expect(store.isOnDisk).toBe(isOnDisk);
    for (const [start, length] of [
      [0, 10],
      [262_140, 10],
      [524_280, 100_000],
      [COUNT - 3, 3],
      [0, COUNT],
    ] as const) {
      const target = new Float32Array(length);
      store.copyTo(target, start);
      expect(target).toEqual(Float32Array.from({ length }, (_, index) => start + index));
    }
    store.dispose();
  });
});

it("a file has no name, so that nothing is left of it", () => {
  const store = new ValueStore(0);
  store.append(new Float32Array(COUNT));
  expect(store.isOnDisk).toBe(true);
  expect(readdirSync(join(folder, "layerwise", "spool"))).toEqual([]);
  store.dispose();
});

describe("the memory that a data set may take", () => {
  it("is what the environment says, else a share of the machine's", () => {
    expect(dataMemoryLimit({ LAYERWISE_DATA_MEMORY: "3" })).toBe(3 * MEGABYTE);
    expect(dataMemoryLimit({})).toBeGreaterThan(100 * MEGABYTE);
    expect(() => dataMemoryLimit({ LAYERWISE_DATA_MEMORY: "much" })).toThrow(/takes a number of megabytes; received much/);
  });
});
