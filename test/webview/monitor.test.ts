import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { branchedNetwork, deepNetwork, drawn, runHistory, runList } from "./fixtures";
import { launchBrowser, type MonitorPage, openMonitor } from "./monitorPage";

let browser: Browser;
let monitor: MonitorPage | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  const complaints = monitor?.complaints;
  await monitor?.page.close();
  monitor = undefined;
  // No test may break the content security policy.
  expect(complaints ?? []).toEqual([]);
});

async function show(options: Parameters<typeof openMonitor>[1] = {}, history = runHistory(3.6)): Promise<MonitorPage> {
  monitor = await openMonitor(browser, options);
  await monitor.send({ type: "runs", runs: runList(history) });
  await monitor.send({ type: "show", history, network: drawn(deepNetwork()), models: [], view: "training" });
  await monitor.page.getByRole("heading", { name: history.model, exact: true }).waitFor();
  return monitor;
}

describe("the training monitor", () => {
  test("asks for its contents when the page has loaded", async () => {
    monitor = await openMonitor(browser);
    expect(await monitor.requests()).toEqual([{ type: "ready" }]);
  });

  test("says what to do where there is no run, and its button trains", async () => {
    monitor = await openMonitor(browser);
    await monitor.send({ type: "show", history: null, network: null, models: [], view: "training" });
    await monitor.page.getByText("No runs yet").waitFor();
    await monitor.page.getByRole("button", { name: "Train model" }).click();
    expect((await monitor.requests()).at(-1)).toEqual({ type: "train" });
  });

  test("a model without runs leaves the others' runs to choose from", async () => {
    monitor = await openMonitor(browser);
    await monitor.send({ type: "runs", runs: runList(runHistory(1)) });
    await monitor.send({ type: "show", history: null, network: drawn(branchedNetwork()), models: [], view: "training" });
    await monitor.page.getByText("branched has no run yet").waitFor();
    await monitor.page.getByRole("button", { name: /^deep, training/ }).click();
    expect((await monitor.requests()).at(-1)).toEqual({ type: "showRun", run: runHistory(1).run });
  });

  test("shows epoch, step, speed, time left, engine and device", async () => {
    const { page } = await show();
    const header = await page.locator("header").innerText();
    expect(header).toContain("epoch 4 / 5");
    expect(header).toContain("step 1,023 / 1,719");
    expect(header).toContain("4.31 ms/step");
    expect(header).toContain("10 s left");
    expect(header).toContain("TensorFlow 2.21.0 · CPU · captured, XLA");
    expect(await page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("72");
  });

  test("draws loss and metrics, and says their values in words", async () => {
    const { page } = await show();
    expect(await page.locator(".chart canvas").count()).toBe(2);
    expect(await page.getByRole("img", { name: "Curve of loss, training 0.4401, validation 0.4816" }).count()).toBe(1);
    expect(await page.getByRole("img", { name: /^Curve of accuracy/ }).count()).toBe(1);
  });

  test("a past run, of which only the epochs are known, has both curves", async () => {
    const history = runHistory(3);
    const { page } = await show({}, { ...history, state: "finished", stepRecords: [] });
    expect(await page.getByRole("img", { name: "Curve of loss, training 0.4583, validation 0.4816" }).count()).toBe(1);
  });

  test("curves grow with progress of the shown run alone", async () => {
    const { page, send } = await show();
    const progress = {
      type: "progress",
      state: "training",
      stepRecords: [{ event: "step", epoch: 4, step: 1500, loss: 0.25, metrics: { accuracy: 0.9 }, msPerStep: 4 }],
      epochEvents: [],
      diagnoses: [],
      end: null,
    } as const;
    await send({ ...progress, stepRecords: [...progress.stepRecords], epochEvents: [], diagnoses: [], run: "another run" });
    await send({ ...progress, stepRecords: [...progress.stepRecords], epochEvents: [], diagnoses: [], run: runHistory(1).run });
    await page.getByRole("img", { name: "Curve of loss, training 0.25, validation 0.4816" }).waitFor();
    expect(await page.locator("header").innerText()).toContain("step 1,500");
  });

  test("Stop asks the host to stop this run", async () => {
    const { page, requests } = await show();
    await page.getByRole("button", { name: "Stop" }).click();
    expect((await requests()).at(-1)).toEqual({ type: "stop", run: runHistory(1).run });
  });

  test("Resume asks the host to go on with a run that was stopped, and stands at no other", async () => {
    const { page, send, requests } = await show({}, runHistory(2, { state: "stopped" }));
    await page.getByRole("button", { name: "Resume" }).click();
    expect((await requests()).at(-1)).toEqual({ type: "resume", run: runHistory(1).run });
    await send({ type: "show", history: runHistory(5, { state: "finished" }), network: null, models: [], view: "training" });
    await page.locator("header .state.finished").waitFor();
    expect(await page.getByRole("button", { name: "Resume" }).count()).toBe(0);
  });

  test("a finished run shows its test results instead of Stop", async () => {
    const { page } = await show(
      {},
      runHistory(5, {
        state: "finished",
        end: {
          event: "end",
          reason: "finished",
          testLoss: 0.4792,
          test: { accuracy: 0.8278 },
          best: { epoch: 4, monitor: "valLoss", value: 0.44 },
          seconds: 37,
        },
      }),
    );
    const header = await page.locator("header").innerText();
    expect(header).toContain("test accuracy 0.8278");
    expect(header).toContain("test loss 0.4792");
    expect(await page.getByRole("button", { name: "Stop" }).count()).toBe(0);
    expect(await page.locator("table").textContent()).toContain("4 (best)");
  });

  test("a failed run says why", async () => {
    const error = "The trainer was killed (SIGKILL) in epoch 2, step 431.";
    const { page } = await show(
      {},
      runHistory(1.3, {
        state: "failed",
        end: { event: "end", reason: "failed", testLoss: null, test: null, best: null, seconds: 3, error },
      }),
    );
    expect(await page.getByRole("alert").innerText()).toContain(error);
  });

  test("a run with values that are not finite is drawn with a gap", async () => {
    const history = runHistory(1);
    const { page } = await show(
      {},
      {
        ...history,
        stepRecords: [...history.stepRecords, { event: "step", epoch: 2, step: 5, loss: "NaN", metrics: {}, msPerStep: 3 }],
      },
    );
    expect(await page.locator(".chart canvas").count()).toBeGreaterThan(0);
  });

  test("lists the runs with state and figure, and shows the one that is chosen", async () => {
    const { page, requests } = await show();
    const failed = page.getByRole("button", { name: /^mlp, failed, loss NaN/ });
    await failed.click();
    expect((await requests()).at(-1)).toEqual({ type: "showRun", run: "20261122T091500Z-mlp-77fe" });
  });

  test("draws the network beside the curves, sized by parameters", async () => {
    const { page } = await show();
    expect(await page.getByRole("treeitem", { name: /^Dense, LeakyReLU, repeated 60 times/ }).count()).toBe(1);
    expect(await page.locator("aside").innerText()).toContain("862,510 parameters");
  });

  test("the layer at the cursor is marked", async () => {
    const { page, send } = await show();
    await send({ type: "select", layers: ["dense_61"] });
    await page.locator(".node.selected", { hasText: "dense_61" }).waitFor();
  });

  test("a narrow panel is one column with the network folded", async () => {
    const { page } = await show({ width: 420 });
    expect(await page.locator(".node").first().isVisible()).toBe(false);
    await page.getByText("Network", { exact: true }).first().click();
    await page.locator(".node").first().waitFor();
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
  });

  test("draws anew when the theme changes", async () => {
    const { page, setTheme } = await show();
    const before = await page.locator(".chart canvas").first().elementHandle();
    await setTheme("light");
    await page.waitForFunction((canvas) => !canvas.isConnected, before);
    await page.locator(".chart canvas").nth(1).waitFor();
  });

  test("a diagnosis names the trouble and leads to the layer", async () => {
    const diagnosis = {
      event: "diagnosis",
      code: "vanishing-gradient",
      layer: "dense_1",
      message: "The gradient is tiny.",
    } as const;
    const { page, requests } = await show({}, runHistory(2, { diagnoses: [diagnosis] }));
    expect(await page.getByRole("alert").innerText()).toContain("Vanishing gradient");
    await page.getByRole("button", { name: "Show in source" }).click();
    expect((await requests()).at(-1)).toMatchObject({ type: "reveal", line: 9 });
  });

  test("a message that does not decode changes nothing", async () => {
    const current = await show();
    await current.page.evaluate(() => window.postMessage({ type: "show", history: 3 }, "*"));
    await current.send({ type: "select", layers: ["dense"] });
    await current.page.locator(".node.selected").waitFor();
    expect(await current.page.locator("header h1").innerText()).toBe("deep");
    expect(current.complaints.splice(0)).toHaveLength(1);
  });
});

test("the network of the fixtures has the practical's number of parameters", () => {
  expect(deepNetwork().totals.params).toBe(862_510);
});
