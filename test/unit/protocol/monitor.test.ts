import { expect, test } from "vitest";
import { thinStepRecords } from "../../../src/protocol";

const records = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    event: "step" as const,
    epoch: 1,
    step: index + 1,
    loss: 0.5,
    metrics: {},
    msPerStep: 1,
  }));

test("a long run's step records are thinned, and the newest stay", () => {
  expect(thinStepRecords(records(2_000))).toHaveLength(2_000);
  const thinned = thinStepRecords(records(100_000)).map(({ step }) => step);
  expect(thinned.length).toBeLessThanOrEqual(2_000);
  expect(thinned[0]).toBe(1);
  expect(thinned.slice(-100)).toEqual(Array.from({ length: 100 }, (_, index) => 99_901 + index));
  expect(thinned).toEqual([...new Set(thinned)].sort((a, b) => a - b));
});
