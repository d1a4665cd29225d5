import { describe, expect, test } from "vitest";
import { MemoryTrack } from "../../../bench/memory/memoryTrack";

function track(tensors: (index: number) => number, megabytes: (index: number) => number): MemoryTrack {
  const memory = new MemoryTrack("run");
  for (let index = 0; index < 100; index++) memory.look(tensors(index), 1e6 * megabytes(index));
  return memory;
}

describe("memory is", () => {
  test("flat where it grows at the beginning alone", () => {
    const memory = track(
      () => 16,
      (index) => 500 + Math.min(index, 20),
    );
    expect(memory.isFlat).toBe(true);
    expect(memory.verdict).toBe("Flat: 0.0 tensors and 0.0 MB over the last 70 times one run.");
  });

  test("flat where it rises and falls", () => {
    expect(
      track(
        () => 16,
        (index) => 500 + (index % 2),
      ).isFlat,
    ).toBe(true);
  });

  test("not flat where every run leaves a tensor", () => {
    const memory = track(
      (index) => index,
      () => 500,
    );
    expect(memory.isFlat).toBe(false);
    expect(memory.verdict).toBe("Not flat: 70.0 tensors and 0.0 MB over the last 70 times one run.");
  });

  test("not flat where every run leaves some memory", () => {
    expect(
      track(
        () => 0,
        (index) => 500 + 0.3 * index,
      ).isFlat,
    ).toBe(false);
  });
});

test("a tenth of the looks is shown", () => {
  const rows = track(
    () => 16,
    (index) => index,
  ).rows();
  expect(rows).toHaveLength(10);
  expect(rows[0]).toEqual(["run 10", "16", "9.0"]);
  expect(rows.at(-1)).toEqual(["run 100", "16", "99.0"]);
});
