import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ModelSummary } from "../../src/protocol/analysis";
import type { Network } from "../../src/protocol/network";
import { branchedNetwork, deepNetwork, drawn, layer, model, nestedNetwork } from "./fixtures";
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

async function show(summary: ModelSummary, options: Parameters<typeof openMonitor>[1] = {}): Promise<MonitorPage> {
  monitor = await openMonitor(browser, options);
  await send(monitor, drawn(summary));
  await monitor.page.locator(".node").first().waitFor();
  return monitor;
}

function send({ send }: MonitorPage, network: Network, models: readonly string[] = [network.name]): Promise<void> {
  return send({ type: "show", history: null, network, models: [...models], view: "diagram" });
}

const node = (page: Page, name: RegExp | string) => page.getByRole("treeitem", { name });
const names = async (page: Page): Promise<(string | null)[]> =>
  page.locator(".node").evaluateAll((nodes) => nodes.map((item) => item.querySelectorAll("text")[0]?.textContent ?? null));
const heightOf = (page: Page, name: RegExp): Promise<number> =>
  node(page, name)
    .locator(".box")
    .evaluate((box) => Number(box.getAttribute("height")));
const focusedName = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.querySelectorAll("text")[0]?.textContent ?? null);

describe("the layer diagram", () => {
  test("folds 60 repeated layers into one node, which opens and closes", async () => {
    const { page } = await show(deepNetwork());
    const block = node(page, /^Dense, LeakyReLU, repeated 60 times, from \(100\) to \(100\), 626,000 parameters \(73 %\)/);
    expect(await names(page)).toEqual(["flatten", "dense", "leaky_re_lu", "Dense, LeakyReLU ×60", "dense_61"]);
    expect(await block.getAttribute("aria-expanded")).toBe("false");
    await block.locator(".arrow").click();
    await node(page, /^leaky_re_lu_60/).waitFor();
    expect(await page.locator(".node").count()).toBe(5 + 120);
    expect(await node(page, /^dense_7,/).getAttribute("aria-level")).toBe("2");
    await block.locator(".arrow").click();
    await node(page, /^leaky_re_lu_60/).waitFor({ state: "detached" });
  });

  test("says which file is gone, and draws it again when it is back", async () => {
    const { page, send } = await show(deepNetwork());
    await send({ type: "show", history: null, network: null, missing: "deep.model.ts", models: [], view: "diagram" });
    await page.getByRole("heading", { name: "deep.model.ts is gone" }).waitFor();
    expect(await page.getByRole("status").innerText()).toContain("deleted, or moved");
    expect(await page.locator(".node").count()).toBe(0);
    await send({ type: "show", history: null, network: drawn(deepNetwork()), models: [], view: "diagram" });
    await node(page, /^dense,/).waitFor();
  });

  test("nodes are as high as their share of the parameters, or of the FLOPs", async () => {
    const costly = { ...layer("conv", "Conv2D", 8, 100, ["input"], 4), flops: 9_000_000 };
    const heavy = { ...layer("dense", "Dense", 8, 99_900, ["conv"], 5), flops: 200_000 };
    const summary = model("sizes", [layer("input", "InputLayer", 8, 0, [], 3), costly, heavy]);
    const { page } = await show({ ...summary, totals: { ...summary.totals, flops: 9_200_000 } });
    expect(await heightOf(page, /^dense/)).toBeGreaterThan(2 * (await heightOf(page, /^conv/)));
    expect(await heightOf(page, /^input/)).toBeLessThan(await heightOf(page, /^conv/));
    await page.getByRole("button", { name: "FLOPs" }).click();
    expect(await heightOf(page, /^conv/)).toBeGreaterThan(1.5 * (await heightOf(page, /^dense/)));
    expect(await page.locator(".total").innerText()).toBe("9,200,000 FLOPs");
    expect(await node(page, /^conv/).locator(".count").textContent()).toBe("9,000,000");
  });

  test("edges say the shape that flows along them", async () => {
    const { page } = await show(branchedNetwork());
    const labels = await page.locator(".edge text").allTextContents();
    expect(labels.sort()).toEqual(["(1)", "(10)", "(16)", "(32)", "(32)", "(64)", "(64)", "(64)"].sort());
  });

  test("draws a branched model side by side, in the order of the source", async () => {
    const { page } = await show(branchedNetwork());
    const image = await node(page, /^image/).boundingBox();
    const text = await node(page, /^text/).boundingBox();
    expect(Math.abs(image!.y - text!.y)).toBeLessThan(1);
    expect(text!.x - image!.x).toBeGreaterThan(150);
  });

  test("a nested model is a frame that closes, and then stands for the layers in it", async () => {
    const { page, send: post } = await show(nestedNetwork());
    const encoder = node(page, /^encoder/);
    expect(await encoder.getAttribute("aria-expanded")).toBe("true");
    expect(await node(page, /^hidden/).getAttribute("aria-level")).toBe("2");
    await post({ type: "select", layers: ["hidden"] });
    await page.locator(".node.selected", { hasText: "hidden" }).waitFor();
    await page.getByRole("button", { name: "Close all groups" }).click();
    await node(page, /^hidden/).waitFor({ state: "detached" });
    expect(await encoder.getAttribute("aria-selected")).toBe("true");
    await page.getByRole("button", { name: "Open all groups" }).click();
    await node(page, /^hidden/).waitFor();
  });

  test("is one stop for Tab; arrows go along the edges and to siblings, Enter to the source line", async () => {
    const { page, requests } = await show(branchedNetwork());
    expect(await page.locator('.node[tabindex="0"]').count()).toBe(1);
    await page.locator('.node[tabindex="0"]').focus();
    const visited = [];
    for (const key of ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "Home", "End"]) {
      await page.keyboard.press(key);
      visited.push(await focusedName(page));
    }
    expect(visited).toEqual(["text", "dense_1", "concatenate", "topic", "score", "concatenate", "image", "score"]);
    await page.keyboard.press("Enter");
    expect((await requests()).at(-1)).toEqual({
      ...{ type: "reveal", file: "/workspace/deep.model.ts", line: 9, column: 3, focus: true },
    });
  });

  test("Space opens a group, and the arrows go into it and out again", async () => {
    const { page } = await show(nestedNetwork());
    await node(page, /^encoder/).focus();
    const visited = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "Home", "ArrowDown"]) {
      await page.keyboard.press(key);
      visited.push(await focusedName(page));
    }
    expect(visited).toEqual(["inner_input", "hidden", "code", "score", "code", "hidden", "image", "encoder"]);
    await page.keyboard.press("Space");
    await node(page, /^hidden/).waitFor({ state: "detached" });
    expect(await focusedName(page)).toBe("encoder");
    await page.keyboard.press("ArrowDown");
    expect(await focusedName(page)).toBe("score");
  });

  test("a click shows the line and leaves the focus here", async () => {
    const { page, requests } = await show(branchedNetwork());
    await node(page, /^topic/).click();
    expect((await requests()).at(-1)).toMatchObject({ type: "reveal", line: 8, focus: false });
    expect(await node(page, /^topic/).getAttribute("aria-selected")).toBe("true");
  });

  test("what the cursor is in is scrolled to; in a folded block the block is marked, in an open one all of the loop's layers", async () => {
    const { page, send: post } = await show(deepNetwork(), { height: 260 });
    await post({ type: "select", layers: ["dense_61"] });
    const last = page.locator(".node.selected", { hasText: "dense_61" });
    await last.waitFor();
    expect(await isInView(page, "dense_61")).toBe(true);
    const loop = Array.from({ length: 60 }, (_, index) => `dense_${(index + 1).toString()}`);
    await post({ type: "select", layers: loop });
    await page.locator(".node.selected", { hasText: "×60" }).waitFor();
    expect(await page.locator(".node.selected").count()).toBe(1);
    await page.getByRole("button", { name: "Open all groups" }).click();
    await page.locator(".node.selected", { hasText: "dense_60" }).waitFor();
    expect(await page.locator(".node.selected").count()).toBe(60);
  });

  test("zoom, open groups and the kind of size outlive an edit, and the page itself", async () => {
    const { page, ...current } = await show(deepNetwork());
    await page.getByRole("button", { name: "Zoom in (+)" }).click();
    await node(page, /repeated 60 times/)
      .locator(".arrow")
      .click();
    await page.getByRole("button", { name: "FLOPs" }).click();
    const [first, ...others] = deepNetwork().layers;
    // A layer before them: the names of all others are counted up.
    const renamed = others.map((item) => ({ ...item, name: item.name.replace(/^dense$/, "dense_0") }));
    await send({ page, ...current }, drawn(model("deep", [first!, ...renamed])));
    await node(page, /^leaky_re_lu_60/).waitFor();
    await page.reload();
    await page.waitForFunction("globalThis.requests.length > 0");
    await send({ page, ...current }, drawn(deepNetwork()));
    await node(page, /^leaky_re_lu_60/).waitFor();
    expect(await page.getByRole("button", { name: "Original size (0)" }).innerText()).toBe("120 %");
    expect(await page.getByRole("button", { name: "FLOPs" }).getAttribute("aria-pressed")).toBe("true");
  });

  test("Ctrl and the wheel zoom, keys too, and the whole diagram can be fitted in", async () => {
    const { page } = await show(deepNetwork(), { height: 300 });
    const shown = page.getByRole("button", { name: "Original size (0)" });
    const percent = async (): Promise<number> => Number.parseInt(await shown.innerText());
    await page.locator(".canvas").hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await page.waitForFunction((button) => button.textContent !== "100 %", await shown.elementHandle());
    expect(await percent()).toBeGreaterThan(100);
    await page.locator('.node[tabindex="0"]').focus();
    await page.keyboard.press("0");
    expect(await percent()).toBe(100);
    await page.keyboard.press("-");
    expect(await percent()).toBe(83);
    await page.getByRole("button", { name: "Show the whole diagram" }).click();
    const overflow = await page.locator(".canvas").evaluate((canvas) => canvas.scrollHeight - canvas.clientHeight);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test("a picker chooses among the file's models", async () => {
    const { page, requests, ...current } = await show(branchedNetwork());
    await send({ page, requests, ...current }, drawn(branchedNetwork()), ["branched", "deep"]);
    await page.getByLabel("Model").selectOption("deep");
    expect((await requests()).at(-1)).toEqual({ type: "showModel", key: "deep" });
  });

  test("a diagnostic is marked by form, and said", async () => {
    const { page, ...current } = await show(branchedNetwork());
    const place = { file: "/workspace/deep.model.ts", line: 7, column: 3, endLine: 7, endColumn: 9 };
    const diagnostic = { ...place, severity: "error", code: "shape", message: "Shapes differ.", fixes: [] } as const;
    await send({ page, ...current }, drawn(branchedNetwork(), [], [{ ...diagnostic, fixes: [] }]));
    await node(page, /^concatenate.*error: Shapes differ\.$/).waitFor();
    expect(await page.locator(".problem").count()).toBe(1);
  });

  test("what is still to be predicted does not show: no number, no share, no total, one height", async () => {
    monitor = await openMonitor(browser);
    await send(monitor, drawn(branchedNetwork(), ["dense", "topic"]));
    const { page } = monitor;
    await node(page, /^topic, Dense, from \(10\) to \(10\), parameters to be predicted, FLOPs to be predicted$/).waitFor();
    const html = await page.locator("main").innerHTML();
    expect(html).not.toMatch(/2,?080|\b650\b|3,?339|%\)/);
    expect(await page.locator(".total").innerText()).toBe("? parameters: some are still to be predicted");
    expect(
      new Set([await heightOf(page, /^dense,/), await heightOf(page, /^topic/), await heightOf(page, /^dense_1/)]).size,
    ).toBe(1);
    await page.getByRole("button", { name: "FLOPs" }).click();
    expect(await page.locator(".share").count()).toBe(0);
    await send(monitor, drawn(branchedNetwork()));
    await node(page, /^topic.*650 parameters/).waitFor();
  });

  test("what is not known is said to be so", async () => {
    const unknown = { ...layer("dense_1", "Dense", 1, 0, ["dense"], 5), params: null, flops: null, outputShape: null };
    const summary = model("open", [layer("dense", "Dense", 8, 72, [], 4), unknown]);
    const { page } = await show({ ...summary, totals: { ...summary.totals, params: null } });
    expect(await node(page, /^dense_1, Dense, from \(1\) to \?, unknown parameters, unknown FLOPs$/).count()).toBe(1);
    expect(
      await node(page, /^dense_1/)
        .locator(".count")
        .textContent(),
    ).toBe("?");
    expect(await page.locator(".edge text").allTextContents()).toContain("?");
  });

  test("a narrow panel scrolls the diagram, not the page", async () => {
    const { page } = await show(branchedNetwork(), { width: 320 });
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
  });

  test("a thousand layers, all different, are drawn", async () => {
    const layers = Array.from({ length: 1000 }, (_, index) =>
      layer(
        `dense_${index.toString()}`,
        "Dense",
        index + 2,
        100 + index,
        index === 0 ? [] : [`dense_${(index - 1).toString()}`],
        5,
      ),
    );
    const { page } = await show(model("long", layers));
    expect(await page.locator(".node").count()).toBe(1000);
  });
});

async function isInView(page: Page, name: string): Promise<boolean> {
  const box = await page.locator(".node", { hasText: name }).boundingBox();
  const frame = await page.locator(".canvas").boundingBox();
  return box!.y >= frame!.y && box!.y + box!.height <= frame!.y + frame!.height;
}
