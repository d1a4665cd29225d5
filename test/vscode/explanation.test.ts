import { join } from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEditor, type Editor } from "./harness/editor";
import { picturePath } from "./harness/pictures";
import { temporaryWorkspace, type TemporaryWorkspace } from "./harness/temporaryWorkspace";
import { type Theme } from "./harness/themes";
import type { Workbench } from "./harness/workbench";

const SEQUENCES = `import { layers, sequential } from "layerwise";

export const reader = sequential({ name: "reader", inputShape: [28, 28] }, [
  layers.bidirectional(layers.lstm(64)),
  layers.batchNormalization(),
  layers.dense(10, { activation: "softmax" }),
]);
export const images = sequential({ name: "images", inputShape: [28, 28, 3] }, [layers.conv2d(8, 3)]);
`;

/** A suite of steps: each goes on where the one before it ended, as a learner does. */
describe("explanations in VS Code", () => {
  let workspace: TemporaryWorkspace;
  let editor: Editor;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await temporaryWorkspace("fashion-mnist");
    await writeFile(join(workspace.folder, "sequences.model.ts"), SEQUENCES);
    const settings = { "editor.minimap.enabled": false, "typescript.validate.enable": false };
    editor = await openEditor({ workspace: workspace.folder, settings });
    ({ workbench } = editor);
  });

  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
  });

  it.each<Theme>(["dark", "light", "highContrast"])("a hover's mathematics can be read: %s", async (theme) => {
    if (theme === "dark") await workbench.openFile("fashion-mnist/mlp.model.ts");
    else await workbench.selectTheme(theme);
    await workbench.waitForText("235,500");
    const pictures = await hoverAt(9, 11);
    expect(pictures).toHaveLength(2);
    expect(pictures[0]?.words).toBe("28·28 inputs × 300 units (kernel) + 300 units (bias) = 235,500 parameters");
    // A picture that its policy refuses has no size.
    for (const { width } of pictures) expect(width).toBeGreaterThan(100);
    await workbench.screenshot(picturePath(`hover-${theme}`));
  });

  it("a recurrent layer's and a convolution's weights are listed", async () => {
    await workbench.selectTheme("dark");
    await workbench.openFile("sequences.model.ts");
    await workbench.waitForText("47,616");
    for (const [line, column, name] of [
      [4, 11, "recurrent"],
      [8, 88, "convolution"],
    ] as const) {
      expect(await hoverAt(line, column)).toHaveLength(2);
      await workbench.screenshot(picturePath(`hover-${name}`));
    }
  });

  it("a model is summed up where its name is", async () => {
    await workbench.openFile("fashion-mnist/mlp.model.ts");
    await hoverAt(7, 15);
    await workbench.screenshot(picturePath("hover-model"));
  });

  it("an inlay hint has the same explanation as its call", async () => {
    await workbench.page.keyboard.press("Escape");
    await workbench.page.getByText("→ (300) · 235,500").first().hover();
    await workbench.page.locator('.monaco-hover:visible img[alt*="235,500"]').waitFor();
  });

  it("a learner predicts a number, is told what is missing, and sees it when it is right", async () => {
    const { page } = workbench;
    await workbench.openFile("fashion-mnist/mlp.model.ts");
    await mkdir(join(workspace.folder, ".vscode"));
    await writeFile(join(workspace.folder, ".vscode/settings.json"), '{ "layerwise.hints.predict": true }');
    await workbench.waitForText("→ (300) · ? params");
    await workbench.waitForText("0 of 3 predicted");
    const status = page.getByRole("button", { name: /^Editor Language Status: .*mlp: \? params/ });
    await status.click();
    await page.locator(".hover-language-status", { hasText: "mlp: ? params" }).waitFor();
    await workbench.screenshot(picturePath("predict-status"));
    expect(await status.getAttribute("aria-label")).not.toMatch(/266,?610|235,?500/);
    expect(await workbench.text()).not.toMatch(/266,?610/);
    await page.keyboard.press("Escape");
    await workbench.goTo(9);
    await page.keyboard.press("Control+Alt+KeyP");
    const answer = page.locator(".quick-input-widget .quick-input-box input");
    await answer.fill("784 * 300");
    await page.keyboard.press("Enter");
    await workbench.waitForText("That leaves out the biases: bias, 300 units.");
    await workbench.screenshot(picturePath("predict"));
    await answer.fill("784 * 300 + 300");
    await page.keyboard.press("Enter");
    await workbench.waitForText("→ (300) · 235,500");
    await workbench.waitForText("1 of 3 predicted");
    await workbench.followHint("? params");
    await workbench.waitForText("How many parameters has dense_1?");
    await page.keyboard.press("Escape");
    await hoverAt(11, 11);
    await workbench.screenshot(picturePath("predict-hover"));
  });

  it("the summary stands beside the file", async () => {
    await writeFile(join(workspace.folder, ".vscode/settings.json"), "{}");
    await workbench.waitForText("266,610 params");
    await workbench.runCommand("Layerwise: Show Summary");
    await workbench.waitForText("Total params: 266,610 (1.02 MB)");
    await workbench.screenshot(picturePath("summary"));
  });

  /** Shows the hover at a position by keyboard; its pictures, with their alternative texts. */
  async function hoverAt(line: number, column: number): Promise<{ words: string | null; width: number }[]> {
    const { page } = workbench;
    const shown = page.locator(".monaco-hover:visible", { hasText: /of mlp|of reader|of images|for one sample/ }).first();
    let patience = 5_000;
    await workbench.poll("the hover", async () => {
      await page.keyboard.press("Escape");
      await workbench.goTo(line, column);
      await page.keyboard.press("Control+KeyK");
      await page.keyboard.press("Control+KeyI");
      // Escape also ends a hover that is on its way: each attempt waits longer than the one before it.
      patience *= 2;
      return shown.waitFor({ timeout: patience }).then(
        () => true,
        () => undefined,
      );
    });
    return shown
      .locator("img[alt]")
      .evaluateAll((images) =>
        images.map((image) => ({ words: image.getAttribute("alt"), width: image.getBoundingClientRect().width })),
      );
  }
});
