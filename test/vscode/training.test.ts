import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openEditor, type Editor } from "./harness/editor";
import { picturePath } from "./harness/pictures";
import { temporaryWorkspace, type TemporaryWorkspace } from "./harness/temporaryWorkspace";
import { THEMES, type Theme } from "./harness/themes";
import { PATIENCE, type Workbench } from "./harness/workbench";

/** A suite of steps: each goes on where the one before it ended, as a user does. */
describe("training Fashion-MNIST in VS Code", () => {
  let workspace: TemporaryWorkspace;
  let editor: Editor;
  let workbench: Workbench;
  let monitor: Frame;

  beforeAll(async () => {
    workspace = await temporaryWorkspace("fashion-mnist");
    const settings = { "editor.minimap.enabled": false, "workbench.activityBar.location": "top" };
    editor = await openEditor({ workspace: workspace.folder, settings, size: { width: 1760, height: 960 } });
    ({ workbench } = editor);
  });

  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
  });

  it("shows 266,610 parameters above the model and each layer's beside it", async () => {
    await workbench.openFile("fashion-mnist/mlp.model.ts");
    await workbench.poll("the lenses", async () => {
      const lenses = await workbench.codeLenses();
      return lenses.includes("266,610 params · (28, 28) → (10)") && lenses.includes("▶ Train model | Monitor | Diagram")
        ? true
        : undefined;
    });
    const hints = async (): Promise<(string | undefined)[]> =>
      (await workbench.editorLines()).filter((line) => line.includes("→")).map((line) => /→[^,]*(,\d+)*/.exec(line)?.[0]);
    await expect
      .poll(hints, { timeout: PATIENCE })
      .toEqual(["→ (784)", "→ (300) · 235,500", "→ (300)", "→ (100) · 30,100", "→ (100)", "→ (10) · 1,010"]);
  });

  it("knows the types of the model file once the user agrees to a tsconfig.json", async () => {
    const mistakes = workbench.page.locator(".squiggly-error");
    await mistakes.first().waitFor();
    await workbench.notification(/needs a tsconfig\.json/, "Create");
    await workbench.poll("TypeScript to find no mistake", async () => ((await mistakes.count()) === 0 ? true : undefined));
    expect(await readdir(workspace.folder)).toContain("tsconfig.json");
  });

  it("trains when ▶ Train model is pressed, and draws curves that grow", async () => {
    await workbench.clickCodeLens("Train model");
    monitor = await workbench.webview(".monitor header");
    const first = await epochAndStep(workbench, monitor);
    const curves = await monitor.locator("section.charts").screenshot();
    await workbench.poll("the second epoch", async () =>
      (await epochAndStep(workbench, monitor)).epoch >= 2 ? true : undefined,
    );
    expect(first.epoch).toBe(1);
    expect((await monitor.locator("section.charts").screenshot()).equals(curves)).toBe(false);
    expect(await monitor.locator(".engine").textContent()).toContain("TensorFlow 2.21.0");
  });

  it("draws the network", async () => {
    // The panel is narrow beside the editor: there the network is folded.
    const folded = monitor.locator("details.folded:not([open]) summary");
    if ((await folded.count()) > 0) await folded.click();
    await workbench.screenshot(picturePath("training"));
    const nodes = await monitor.locator(".node").evaluateAll((all) => all.map((node) => node.getAttribute("aria-label") ?? ""));
    expect(nodes.filter((label) => label.includes("235,500 parameters"))).toHaveLength(1);
  });

  it("evaluates the trained model on the test images", async () => {
    await monitor.locator("header .state.finished").waitFor();
    const header = (await monitor.locator("header").textContent()) ?? "";
    const accuracy = Number(/test accuracy ([\d.]+)/.exec(header)?.[1]);
    expect(accuracy).toBeGreaterThan(0.82);
  });

  it("shows the same after the window was loaded anew", async () => {
    const curve = (): Promise<string | null> => monitor.getByRole("img", { name: /^Curve of loss/ }).getAttribute("aria-label");
    const drawn = await curve();
    await workbench.page.reload();
    monitor = await workbench.webview(".monitor header");
    expect(await curve()).toBe(drawn);
  });

  it("shows of the network no number that the learner has still to predict", async () => {
    const { page } = workbench;
    await mkdir(join(workspace.folder, ".vscode"), { recursive: true });
    await writeFile(join(workspace.folder, ".vscode/settings.json"), '{ "layerwise.hints.predict": true }');
    await workbench.waitForText("0 of 3 predicted");
    const folded = monitor.locator("details.folded:not([open]) summary");
    if ((await folded.count()) > 0) await folded.click();
    await monitor.getByText("? parameters: some are still to be predicted").waitFor();
    await workbench.screenshot(picturePath("training-predict"));
    expect(await monitor.locator("body").innerHTML()).not.toMatch(/235,?500|30,?100|1,?010|266,?610|470,?400|532,?[02]/);
    expect(await page.locator(".statusbar").innerText()).not.toMatch(/235,?500|266,?610/);
    await writeFile(join(workspace.folder, ".vscode/settings.json"), "{}");
    await monitor.getByText("266,610 parameters", { exact: true }).waitFor();
  });

  it.each(Object.keys(THEMES) as Theme[])("is readable in the theme %s", async (theme) => {
    await workbench.selectTheme(theme);
    await monitor.locator(`body.${THEMES[theme].bodyClass}`).waitFor();
    await workbench.screenshot(picturePath(`monitor-${theme}`));
  });

  it("stops when Stop is pressed, keeps weights and steps, and lists both runs", async () => {
    await workbench.selectTheme("dark");
    await monitor.getByText("Train again", { exact: true }).click();
    await epochAndStep(workbench, monitor);
    await monitor.getByText("Stop", { exact: true }).click();
    await monitor.locator("header .state.stopped").waitFor();
    expect(await monitor.locator("nav .run").count()).toBe(2);
    const [, stopped = ""] = await runFolders(workspace.folder);
    expect(await readdir(stopped)).toEqual(expect.arrayContaining(["checkpoints", "run.json"]));
    const shown = await workbench.poll("what the monitor showed on the disk", () =>
      readFile(join(stopped, "monitor.json"), "utf8").catch(() => undefined),
    );
    const { stepRecords } = z.object({ stepRecords: z.array(z.object({ step: z.number() })) }).parse(JSON.parse(shown));
    expect(stepRecords.length).toBeGreaterThan(0);
  });

  it("says so when the trainer is killed, and the next run works", async () => {
    await monitor.getByText("Train again", { exact: true }).click();
    await epochAndStep(workbench, monitor);
    const folders = await runFolders(workspace.folder);
    process.kill(await pidOf(folders.at(-1) ?? ""), "SIGKILL");
    await workbench.notification(/SIGKILL|killed/);
    await monitor.locator("header .state.failed").waitFor();
    await monitor.getByText("Train again", { exact: true }).click();
    await epochAndStep(workbench, monitor);
    await monitor.getByText("Stop", { exact: true }).click();
    await monitor.locator("header .state.stopped").waitFor();
    expect(await monitor.locator("nav .run").count()).toBe(4);
  });
});

/** Waits until the monitor shows a step, and returns where the run is. */
function epochAndStep(workbench: Workbench, monitor: Frame): Promise<{ epoch: number; step: number }> {
  return workbench.poll("a step in the monitor", async () => {
    const text = (await monitor.locator("header").textContent()) ?? "";
    const [, epoch, step] = /epoch (\d+) \/ \d+step ([\d,]+) \//.exec(text) ?? [];
    if (epoch === undefined || step === undefined || step === "0") return undefined;
    return { epoch: Number(epoch), step: Number(step.replaceAll(",", "")) };
  });
}

/** The folders of all runs, the oldest first. */
async function runFolders(workspace: string): Promise<string[]> {
  const runs = join(workspace, ".layerwise/runs");
  return (await readdir(runs)).sort().map((name) => join(runs, name));
}

async function pidOf(run: string): Promise<number> {
  return z.object({ pid: z.number() }).parse(JSON.parse(await readFile(join(run, "run.json"), "utf8"))).pid;
}
