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

test("a long run's step records are thinned evenly, and the newest stays", () => {
  expect(thinStepRecords(records(2_000))).toHaveLength(2_000);
  const thinned = thinStepRecords(records(100_000)).map(({ step }) => step);
  expect(thinned.length).toBeLessThanOrEqual(2_000);
  expect(thinned[0]).toBe(1);
  expect(thinned.at(-1)).toBe(100_000);
  expect(Math.max(...gaps(thinned.slice(0, -1)))).toBeLessThanOrEqual(2 * Math.min(...gaps(thinned.slice(0, -1))));
  expect(thinned).toEqual([...new Set(thinned)].sort((a, b) => a - b));
});

test("records that arrive one by one are as evenly spaced as those that arrive at once", () => {
  let kept: ReturnType<typeof thinStepRecords> = [];
  for (const record of records(20_000)) kept = thinStepRecords([...kept, record]);
  expect(kept.length).toBeLessThanOrEqual(2_000);
  const old = kept.map(({ step }) => step).filter((step) => step < 10_000);
  expect(Math.max(...gaps(old))).toBeLessThanOrEqual(3 * Math.min(...gaps(old)));
});

function gaps(steps: readonly number[]): number[] {
  return steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
}
