import { mkdir, mkdtemp, readdir, readFile, rename as move, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEditor, type Editor } from "./harness/editor";
import { picturePath } from "./harness/pictures";
import { temporaryWorkspace, type TemporaryWorkspace } from "./harness/temporaryWorkspace";
import { THEMES, type Theme } from "./harness/themes";
import type { Workbench } from "./harness/workbench";

const SIAMESE = `import { input, layers, model, sequential } from "layerwise";

const pixels = input({ shape: [28, 28, 1] });
const features = layers.conv2d(16, 3, { activation: "relu", padding: "same" })(pixels);
const deeper = layers.conv2d(16, 3, { activation: "relu", padding: "same" })(features);
const joined = layers.maxPooling2d(4)(layers.add()([features, deeper]));
const encoder = model({ name: "encoder", inputs: pixels, outputs: layers.flatten()(joined) });

const left = input({ shape: [28, 28, 1], name: "left" });
const right = input({ shape: [28, 28, 1], name: "right" });
const both = layers.concatenate()([encoder(left), encoder(right)]);
const head = sequential({ name: "head" }, [layers.dense(64, { activation: "relu" }), layers.dense(1)]);
export const siamese = model({ name: "siamese", inputs: { left, right }, outputs: head(both) });
`;

const NAMESAKES = `import { layers, sequential } from "layerwise";

export const narrow = sequential({ name: "net", inputShape: [4] }, [layers.dense(3)]);
export const wide = sequential({ name: "net", inputShape: [4] }, [layers.dense(300)]);
`;

/** A suite of steps: each goes on where the one before it ended, as a reader does. */
describe("the layer diagram in VS Code", () => {
  let workspace: TemporaryWorkspace;
  /** A folder that VS Code does not watch. */
  let outside: string;
  let editor: Editor;
  let workbench: Workbench;
  let diagram: Frame;

  beforeAll(async () => {
    workspace = await temporaryWorkspace("fashion-mnist");
    outside = await mkdtemp(join(tmpdir(), "layerwise-outside-"));
    await writeFile(join(workspace.folder, "siamese.model.ts"), SIAMESE);
    await writeFile(join(workspace.folder, "namesakes.model.ts"), NAMESAKES);
    const settings = {
      "editor.minimap.enabled": false,
      "typescript.updateImportsOnFileMove.enabled": "never",
      "typescript.validate.enable": false,
    };
    editor = await openEditor({ workspace: workspace.folder, settings, size: { width: 1440, height: 960 } });
    ({ workbench } = editor);
  });

  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await workspace[Symbol.asyncDispose]();
    await rm(outside, { recursive: true, force: true });
  });

  const node = (name: RegExp): Locator => diagram.getByRole("treeitem", { name });
  const selected = (name: RegExp): Promise<void> => diagram.getByRole("treeitem", { name, selected: true }).first().waitFor();

  /** Asks for the diagram as a file, up to where to put it; the box for the path. */
  async function exportAs(format: "SVG" | "PNG"): Promise<Locator> {
    const { page } = workbench;
    await workbench.runCommand("Layerwise: Export Layer Diagram…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: format }).click();
    const path = page.locator(".quick-input-widget .quick-input-box input");
    const name = `siamese.${format.toLowerCase()}`;
    await workbench.poll("the dialog", async () => ((await path.inputValue()).endsWith(name) ? true : undefined));
    return path;
  }

  /** Renames a file in the explorer, where a click with the right button chooses it and does not open it. */
  async function rename(from: string, to: string): Promise<void> {
    const { page } = workbench;
    const explorer = page.locator(".explorer-folders-view");
    await explorer.locator(".monaco-list-row", { hasText: from }).click({ button: "right" });
    await page.locator(".monaco-menu").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".monaco-menu").waitFor({ state: "hidden" });
    await page.keyboard.press("F2");
    await explorer.locator("input").fill(to);
    await page.keyboard.press("Enter");
    await explorer.locator(".monaco-list-row", { hasText: to }).waitFor();
  }

  /** Draws a file's model, and leaves the diagram alone in the window. */
  async function drawAlone(path: string): Promise<void> {
    await workbench.openFile(path);
    await workbench.runCommand("Layerwise: Show Layer Diagram");
    diagram = await workbench.webview(".diagram-view .node");
    await node(/^head, .*100,481 parameters/).waitFor();
    await workbench.page.locator(".tab.active", { hasText: "Layer Diagram" }).waitFor();
    await workbench.runCommand("View: Close Other Editors in Group");
    await workbench.page.locator(".tab", { hasText: /\.model\.ts$/ }).waitFor({ state: "hidden" });
  }

  const isGone = (name: string): Promise<void> => diagram.getByRole("heading", { name: `${name} is gone` }).waitFor();

  /** While it looks at a folder the dialog ignores Enter. */
  async function accept(path: Locator): Promise<void> {
    await workbench.poll("the dialog to close", async () => {
      await path.press("Enter", { timeout: 1_000 }).catch(() => undefined);
      return path.waitFor({ state: "hidden", timeout: 1_000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** The status bar tells it only of an editor that has the focus. */
  const lineOfCursor = (line: string): Promise<void> =>
    workbench.page.locator(".editor-instance .active-line-number").getByText(line, { exact: true }).waitFor();

  it("opens beside the code, which keeps the focus", async () => {
    await workbench.openFile("fashion-mnist/deep.model.ts");
    await workbench.waitForText("862,510 params");
    await workbench.notification(/needs a tsconfig\.json/, "Create");
    await workbench.runCommand("Layerwise: Show Layer Diagram");
    diagram = await workbench.webview(".diagram-view .node");
    expect(await node(/^Dense, LeakyReLU, repeated 60 times.*626,000 parameters \(73 %\)/).count()).toBe(1);
    await workbench.page.locator(".tab", { hasText: "Layer Diagram" }).waitFor();
  });

  it("follows the cursor: to a layer, and in a folded block to the block", async () => {
    await workbench.goTo(6, 5);
    await selected(/^flatten/);
    await workbench.goTo(15, 20);
    await selected(/repeated 60 times/);
    await workbench.screenshot(picturePath("diagram"));
    await node(/repeated 60 times/)
      .locator(".arrow")
      .click();
    await selected(/^dense_60,/);
  });

  it("a click shows the line, Enter goes there", async () => {
    await node(/^dense_61/).click();
    await lineOfCursor("19");
    await selected(/^dense_61/);
    await workbench.page.keyboard.press("Home");
    await workbench.page.keyboard.press("Enter");
    await workbench.waitForText(/Ln 6, Col/);
    await workbench.page.locator(".monaco-editor.focused").waitFor();
  });

  it("changes with what is typed, and keeps what is open", async () => {
    await workbench.goTo(7, 19);
    await workbench.type("0");
    await node(/^dense, .*2,355,000 parameters/).waitFor();
    await selected(/^dense,/);
    expect(await node(/^dense_60,/).count()).toBe(1);
    await workbench.page.keyboard.press("Backspace");
    await node(/^dense, .*235,500 parameters/).waitFor();
  });

  it("keeps the last network while the file does not compile, and says so", async () => {
    await workbench.type("(((");
    await diagram.getByText("from before: the file does not compile at the moment").waitFor();
    expect(await node(/^dense_61/).count()).toBe(1);
    for (let times = 0; times < 3; times++) await workbench.page.keyboard.press("Backspace");
    await diagram.getByText("862,510 parameters", { exact: true }).waitFor();
  });

  it("goes with the reader to another file, and there to the model that the cursor is in", async () => {
    await workbench.openFile("siamese.model.ts");
    await workbench.goTo(11, 25);
    await selected(/^concatenate/);
    await workbench.goTo(4, 30);
    await selected(/^conv2d,/);
    await diagram.getByLabel("Model").selectOption("siamese");
    await node(/^head/).waitFor();
    await workbench.screenshot(picturePath("diagram-nested"));
    await node(/^encoder/)
      .locator(".arrow")
      .click();
    await selected(/^encoder/);
  });

  it.each(Object.keys(THEMES) as Theme[])("can be read in the theme %s", async (theme) => {
    await workbench.selectTheme(theme);
    await diagram.locator(`body.${THEMES[theme].bodyClass}`).waitFor();
    await workbench.screenshot(picturePath(`diagram-${theme}`));
  });

  it("is written as SVG where the reader chooses, though another tab is in front of it", async () => {
    await workbench.selectTheme("light");
    await diagram.locator(`body.${THEMES.light.bodyClass}`).waitFor();
    await workbench.page.keyboard.press("Control+1");
    await workbench.runCommand("Layerwise: Show Summary");
    await workbench.page.locator(".tab.active", { hasText: "siamese.model.ts.summary.txt" }).waitFor();
    await accept(await exportAs("SVG"));
    diagram = await workbench.webview(".diagram-view .node");
    await workbench.notification("siamese.svg was written.");
    const svg = await readFile(join(workspace.folder, "siamese.svg"), "utf8");
    expect(svg).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain(">concatenate</text>");
    expect(svg).not.toContain("var(");
  });

  it("is not written where the reader thinks better of it, and says why where that cannot be", async () => {
    const abandoned = await exportAs("PNG");
    await workbench.page.keyboard.press("Escape");
    await abandoned.waitFor({ state: "hidden" });
    const path = await exportAs("SVG");
    await path.fill("/proc/siamese.svg");
    await accept(path);
    await workbench.notification(
      /The diagram of siamese could not be written to \/proc\/siamese\.svg \(.+\)\. Export it to a folder/,
    );
    expect(await readdir(workspace.folder)).not.toContain("siamese.png");
  });

  it("draws the one of two models with one name that the cursor, the lens or the list chooses", async () => {
    // Else the file would open in place of the diagram.
    await workbench.page.keyboard.press("Control+1");
    await workbench.openFile("namesakes.model.ts");
    await node(/^dense, .*15 parameters/).waitFor();
    await workbench.goTo(4, 75);
    await node(/^dense_1, .*1,500 parameters/).waitFor();
    await workbench.clickCodeLens("15 params");
    await node(/^dense, .*15 parameters/).waitFor();
    await workbench.clickCodeLens("1,500 params");
    await node(/^dense_1, .*1,500 parameters/).waitFor();
    await workbench.screenshot(picturePath("diagram-namesakes"));
    await diagram.getByLabel("Model").selectOption("net");
    await node(/^dense, .*15 parameters/).waitFor();
  });

  it("shows no number that the learner has still to predict, and each that was predicted", async () => {
    // Else the file would open in place of the diagram.
    await workbench.page.keyboard.press("Control+1");
    await workbench.openFile("fashion-mnist/mlp.model.ts");
    await node(/^dense, .*235,500 parameters/).waitFor();
    await mkdir(join(workspace.folder, ".vscode"));
    await writeFile(join(workspace.folder, ".vscode/settings.json"), '{ "layerwise.hints.predict": true }');
    await node(/^dense, .*parameters to be predicted/).waitFor();
    expect(await diagram.locator("main").innerHTML()).not.toMatch(/235,?500|266,?610|470,?400/);
    await workbench.waitForText("0 of 3 predicted");
    // The first layer's number stands in a comment of the file.
    expect(await workbench.text()).not.toMatch(/· 235,?500|266,?610|470,?400/);
    await workbench.screenshot(picturePath("diagram-predict"));
    await workbench.goTo(9);
    await workbench.page.keyboard.press("Control+Alt+KeyP");
    await workbench.page.locator(".quick-input-widget .quick-input-box input").fill("784 * 300 + 300");
    await workbench.page.keyboard.press("Enter");
    await node(/^dense, .*235,500 parameters/).waitFor();
    expect(await node(/^dense_1, .*parameters to be predicted/).count()).toBe(1);
    await writeFile(join(workspace.folder, ".vscode/settings.json"), "{}");
    await node(/^dense_1, .*30,100 parameters/).waitFor();
  });

  it("goes on without an editor, with the file on the disk", async () => {
    const { page } = workbench;
    // Else closing it would ask whether to save it.
    await workbench.openFile("fashion-mnist/deep.model.ts");
    await page.keyboard.press("Control+KeyS");
    await page.locator(".tab.dirty").waitFor({ state: "hidden" });
    await workbench.openFile("siamese.model.ts");
    await diagram.getByLabel("Model").selectOption("siamese");
    await node(/^head, .*100,481 parameters/).waitFor();
    await workbench.runCommand("View: Close All Editors in Group");
    await writeFile(join(workspace.folder, "siamese.model.ts"), SIAMESE.replace("dense(64", "dense(32"));
    await node(/^head, .*50,241 parameters/).waitFor();
  });

  it("follows its file to another name, though no editor shows it, and can be exported", async () => {
    await rename("siamese.model.ts", "twins.model.ts");
    await writeFile(join(workspace.folder, "twins.model.ts"), SIAMESE.replace("dense(64", "dense(16"));
    await node(/^head, .*25,121 parameters/).waitFor();
    await workbench.screenshot(picturePath("diagram-renamed"));
    expect(await workbench.page.locator(".tab", { hasText: /\.model\.ts$/ }).count()).toBe(0);
    await rm(join(workspace.folder, "siamese.svg"));
    await accept(await exportAs("SVG"));
    await workbench.notification("siamese.svg was written.");
    expect(await readFile(join(workspace.folder, "siamese.svg"), "utf8")).toContain("25,121");
  });

  it("is drawn again after the window was loaded anew, though no editor shows the file", async () => {
    await workbench.reload((editors) => editors.includes("layerwise.monitor") && !editors.includes(".model.ts"));
    diagram = await workbench.webview(".diagram-view .node");
    await node(/^head, .*25,121 parameters/).waitFor();
    expect(await workbench.page.locator(".tab", { hasText: /\.model\.ts$/ }).count()).toBe(0);
    await workbench.screenshot(picturePath("diagram-restored"));
  });

  it("says at once that its file is gone, and comes back with it", async () => {
    await rm(join(workspace.folder, "twins.model.ts"));
    await isGone("twins.model.ts");
    await workbench.screenshot(picturePath("diagram-gone"));
    expect(await diagram.locator(".node").count()).toBe(0);
    await writeFile(join(workspace.folder, "twins.model.ts"), SIAMESE);
    await node(/^head, .*100,481 parameters/).waitFor();
  });

  it("says so too where the folder went with all that is in it", async () => {
    await mkdir(join(outside, "models"));
    await writeFile(join(outside, "models/pair.model.ts"), SIAMESE);
    await mkdir(join(workspace.folder, "models"));
    await writeFile(join(workspace.folder, "models/pair.model.ts"), SIAMESE);
    await drawAlone("models/pair.model.ts");
    await rm(join(workspace.folder, "models"), { recursive: true });
    await isGone("pair.model.ts");
    await move(join(outside, "models"), join(workspace.folder, "models"));
    await node(/^head, .*100,481 parameters/).waitFor();
  });

  it("misses a file outside of the workspace too", async () => {
    const file = join(outside, "far.model.ts");
    await writeFile(file, SIAMESE);
    await drawAlone(file);
    await rm(file);
    await isGone("far.model.ts");
    await writeFile(file, SIAMESE);
    await node(/^head, .*100,481 parameters/).waitFor();
  });
});
