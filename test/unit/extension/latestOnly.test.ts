import { afterEach, describe, expect, it, vi } from "vitest";
import { LatestOnly } from "../../../src/extension/latestOnly";

/** A task whose runs the test ends. */
function manualTask(): {
  task: (signal: AbortSignal) => Promise<number>;
  runs: { end: (value: number) => void; fail: (error: Error) => void; signal: AbortSignal }[];
} {
  const runs: { end: (value: number) => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const task = (signal: AbortSignal): Promise<number> =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      runs.push({ end: resolve, fail: reject, signal });
    });
  return { task, runs };
}

describe("the newest state only", () => {
  afterEach(() => void vi.useRealTimers());

  it("runs once more, however often it was asked for meanwhile", async () => {
    const { task, runs } = manualTask();
    const latest = new LatestOnly(task, 1000);
    const first = latest.run();
    const later = [latest.run(), latest.run(), latest.run()];
    runs[0]?.end(1);
    expect(await first).toBe(1);
    await vi.waitUntil(() => runs.length === 2);
    runs[1]?.end(2);
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    expect(runs.length).toBe(2);
  });

  it("goes on after a failure", async () => {
    const { task, runs } = manualTask();
    const latest = new LatestOnly(task, 1000);
    const first = latest.run();
    const second = latest.run();
    runs[0]?.fail(new Error("no"));
    await expect(first).rejects.toThrow("no");
    await vi.waitUntil(() => runs.length === 2);
    runs[1]?.end(2);
    expect(await second).toBe(2);
  });

  it("aborts a run that keeps a newer one waiting, and gives the newer outcome to both", async () => {
    vi.useFakeTimers();
    const { task, runs } = manualTask();
    const latest = new LatestOnly(task, 1000);
    const both = [latest.run(), latest.run()];
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    runs[1]?.end(2);
    expect(await Promise.all(both)).toEqual([2, 2]);
  });

  it("is idle when nothing runs or waits", async () => {
    const { task, runs } = manualTask();
    const latest = new LatestOnly(task, 1000);
    await latest.idle();
    void latest.run();
    void latest.run();
    let idle = false;
    const settled = latest.idle().then(() => (idle = true));
    runs[0]?.end(1);
    await vi.waitUntil(() => runs.length === 2);
    expect(idle).toBe(false);
    runs[1]?.end(2);
    await settled;
  });

  it("ends what runs and what waits when it is disposed of", async () => {
    const { task } = manualTask();
    const latest = new LatestOnly(task, 1000);
    const both = [latest.run(), latest.run()];
    latest.dispose();
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
