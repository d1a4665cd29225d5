import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { deepNetwork, drawn, layer, model } from "./fixtures";
import { launchBrowser, type MonitorPage, openMonitor } from "./monitorPage";

const Save = z.object({ type: z.literal("save"), format: z.string(), model: z.string(), content: z.string() });

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function show(network = drawn(deepNetwork())): Promise<MonitorPage> {
  const monitor = await openMonitor(browser, { theme: "light" });
  await monitor.send({ type: "show", history: null, network, models: ["deep"], view: "diagram" });
  await monitor.page.locator(".node").first().waitFor();
  return monitor;
}

/** What the page sent last, once it is something else than its first request. */
async function answer({ page, requests }: MonitorPage): Promise<unknown> {
  await page.waitForFunction("globalThis.requests.length > 1");
  return (await requests()).at(-1);
}

describe("the exported diagram", () => {
  test("as SVG is XML of its own, with real text in the theme's colours", async () => {
    const monitor = await show();
    await monitor.page.getByRole("button", { name: "Export as SVG" }).click();
    const { content, ...rest } = Save.parse(await answer(monitor));
    expect(rest).toEqual({ type: "save", format: "svg", model: "deep" });
    const parsed = await monitor.page.evaluate((xml) => {
      const { documentElement: root } = new DOMParser().parseFromString(xml, "image/svg+xml");
      return {
        root: root.tagName,
        texts: [...root.querySelectorAll("text")].map((text) => text.textContent),
        background: root.querySelector("rect")?.getAttribute("fill"),
      };
    }, content);
    expect(parsed.root).toBe("svg");
    expect(parsed.background).toBe("#ffffff");
    expect(parsed.texts).toEqual(expect.arrayContaining(["Dense, LeakyReLU ×60", "626,000", "73 %", "(784)", "(10)"]));
    expect(content).not.toMatch(/var\(|url\(|href|class=|style=|<script|<foreignObject/);
    expect(monitor.complaints).toEqual([]);
    await monitor.page.close();
  });

  test("as PNG has two pixels for each of the diagram's", async () => {
    const monitor = await show();
    await monitor.send({ type: "export", format: "svg" });
    const svg = Save.parse(await answer(monitor)).content;
    const [, width = "0", height = "0"] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    await monitor.send({ type: "export", format: "png" });
    await monitor.page.waitForFunction("globalThis.requests.length > 2");
    const { content } = Save.parse((await monitor.requests()).at(-1));
    const png = Buffer.from(content, "base64");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
    expect(png.length).toBeGreaterThan(5_000);
    expect(monitor.complaints).toEqual([]);
    await monitor.page.close();
  });

  test("as PNG takes names of any length, of characters that are two units each", async () => {
    const named = [1, 2].map((units) => layer("x".repeat(units) + "😀".repeat(300), "Dense", 8, 72, [], 5));
    const monitor = await show(drawn(model("deep", named)));
    await monitor.send({ type: "export", format: "png" });
    expect(Save.parse(await answer(monitor)).format).toBe("png");
    await monitor.page.close();
  });

  test("too long for a PNG is refused, with what to do", async () => {
    const layers = Array.from({ length: 600 }, (_, index) =>
      layer(`dense_${index.toString()}`, "Dense", index + 2, 100, index === 0 ? [] : [`dense_${(index - 1).toString()}`], 5),
    );
    const monitor = await show(drawn(model("deep", layers)));
    await monitor.page.getByRole("button", { name: "Export as PNG" }).click();
    expect(await answer(monitor)).toMatchObject({
      type: "exportFailed",
      reason: expect.stringContaining("export it as SVG") as string,
    });
    await monitor.page.close();
  });
});
