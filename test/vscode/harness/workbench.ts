import type { Frame, Locator, Page } from "playwright-core";
import { THEMES, type Theme } from "./themes";

/** How long the editor may take to show something, in milliseconds. */
export const PATIENCE = 300_000;
const POLL = 100;
/** How long a key's effect may take before the key counts as lost, in milliseconds. */
const REACTION = 1_000;

/** What a user sees and does in VS Code's window. */
export class Workbench {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE);
  }

  /** Opens a file by its path in the workspace, through Quick Open. */
  async openFile(path: string): Promise<void> {
    const name = path.split("/").at(-1) ?? path;
    await this.pick(["Control+KeyP"], path, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  /** Runs a command by its title in the command palette, for example "Layerwise: Train Model". */
  async runCommand(title: string): Promise<void> {
    await this.pick(["F1"], `>${title}`, title);
  }

  /** Changes the colour theme of the running window. */
  async selectTheme(theme: Theme): Promise<void> {
    await this.pick(["Control+KeyK", "Control+KeyT"], THEMES[theme].label, THEMES[theme].label);
  }

  /** Types into the editor that has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Puts the cursor at a 1-based position of the open file. */
  async goTo(line: number, column = 1): Promise<void> {
    const place = `:${line}:${column}`;
    await this.poll("the line to go to", async () => {
      if (!(await this.quickInput().isVisible())) await this.page.keyboard.press("Control+KeyG");
      return (await this.isShown(this.quickInput(), REACTION)) && (await this.isFilled(place)) ? true : undefined;
    });
    await this.page.keyboard.press("Enter");
    await this.quickInput().waitFor({ state: "hidden" });
  }

  /** Waits until the window, outside webviews, shows a text; inlay hints and code lenses included. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.poll(`the window to show ${String(text)}`, async () => (matches(await this.text(), text) ? true : undefined));
  }

  /** The lines of the open editor as they are shown, inlay hints included, from the first visible one. */
  async editorLines(): Promise<string[]> {
    const lines = await this.page.locator(".editor-instance .view-line").evaluateAll((elements) =>
      elements
        .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.map(plainSpaces);
  }

  /** The texts of the code lenses shown, from top to bottom. */
  async codeLenses(): Promise<string[]> {
    return (await this.page.locator(".codelens-decoration").allTextContents()).map(plainSpaces);
  }

  /** Clicks a code lens by (part of) its text. */
  async clickCodeLens(text: string): Promise<void> {
    await this.page.locator(".codelens-decoration a", { hasText: text }).first().click();
  }

  /**
   * Holds Ctrl and clicks a part of an inlay hint by its text, which runs the part's command. Not `Locator.click`: as soon as Ctrl and the mouse are
   * over a hint, the editor draws it anew as a link, and the element that is being clicked is gone, at every further attempt too.
   */
  async followHint(text: string): Promise<void> {
    const { keyboard, mouse } = this.page;
    const part = this.page.getByText(text, { exact: true }).first();
    await keyboard.down("Control");
    try {
      await this.poll(`the hint ${text} to be a link`, async () => {
        const box = await part.boundingBox();
        if (box === null) return undefined;
        await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        return (await part.evaluate((element) => getComputedStyle(element).cursor)) === "pointer" ? true : undefined;
      });
      await mouse.down();
      await mouse.up();
    } finally {
      await keyboard.up("Control");
    }
  }

  /** Waits for a notification with a text, and answers it when a button's name is given. */
  async notification(text: string | RegExp, button?: string): Promise<void> {
    const notification = this.page.locator(".notification-toast", { hasText: text });
    await notification.waitFor();
    if (button !== undefined) await notification.getByRole("button", { name: button }).click();
  }

  /** Waits for the webview in which a selector finds something. */
  async webview(selector: string): Promise<Frame> {
    return this.poll(`a webview with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        if (!frame.url().includes("/webview/browser/pre/")) continue;
        const found = await frame.$(selector).catch(() => null);
        if (found !== null) return frame;
      }
      return undefined;
    });
  }

  /**
   * Loads the window anew, once VS Code has written down which editors are open: in a browser it does so every few seconds, and comes back with
   * earlier ones until then.
   */
  async reload(areRemembered: (editors: string) => boolean): Promise<void> {
    await this.poll("VS Code to remember its editors", async () =>
      areRemembered(await this.page.evaluate(rememberedEditors)) ? true : undefined,
    );
    await this.page.reload();
  }

  /** Writes a picture of the window, or of one part of it. */
  async screenshot(path: string, part?: Locator): Promise<void> {
    await (part ?? this.page).screenshot({ path, animations: "disabled" });
  }

  /** Everything the window shows outside webviews. */
  async text(): Promise<string> {
    return plainSpaces(await this.page.locator("body").innerText());
  }

  /** Repeats a question until it has an answer. */
  async poll<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > deadline)
        throw new Error(`Waited ${PATIENCE / 1000} s for ${what}. The window shows:\n${await this.text()}`);
      await this.page.waitForTimeout(POLL);
    }
  }

  private async pick(keys: readonly string[], query: string, label: string): Promise<void> {
    const labels = this.page.locator(".quick-input-list .monaco-list-row .label-name");
    const found = labels.getByText(label, { exact: true }).first();
    let patience = REACTION;
    await this.poll(`${label} in the quick input`, async () => {
      // Until the workbench has restored itself, it drops keys; and one that was open for something else may just be closing.
      if (!(await this.quickInput().isVisible())) for (const key of keys) await this.page.keyboard.press(key);
      const isFilled = (await this.isShown(this.quickInput(), REACTION)) && (await this.isFilled(query));
      if (isFilled && (await this.isShown(found, patience))) return true;
      // What it offers was decided when it opened, perhaps before the window knew which editor is active.
      if (isFilled) await this.page.keyboard.press("Escape");
      patience *= 2;
      return undefined;
    });
    await found.click();
    // What was picked may ask for something itself, in the same place.
    await found.waitFor({ state: "hidden" });
  }

  private async isShown(locator: Locator, timeout: number): Promise<boolean> {
    return locator.waitFor({ timeout }).then(
      () => true,
      () => false,
    );
  }

  private async isFilled(query: string): Promise<boolean> {
    return this.quickInput()
      .fill(query, { timeout: REACTION })
      .then(
        () => true,
        () => false,
      );
  }

  private quickInput(): Locator {
    return this.page.locator(".quick-input-widget .quick-input-box input");
  }
}

function matches(shown: string, text: string | RegExp): boolean {
  return typeof text === "string" ? shown.includes(text) : text.test(shown);
}

/** Runs in the page: what VS Code keeps of its editors in the browser's storage, for the next time the window is opened. */
async function rememberedEditors(): Promise<string> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("The browser's storage gave no answer."));
    });
  const names = (await indexedDB.databases()).map(({ name = "" }) => name);
  const workspace = names.find((name) => name.startsWith("vscode-web-state-db-") && !name.includes("-global"));
  if (workspace === undefined) return "";
  const storage = await answer(indexedDB.open(workspace));
  try {
    const table = storage.transaction("ItemTable").objectStore("ItemTable");
    return String(await answer<unknown>(table.get("memento/workbench.parts.editor")));
  } finally {
    storage.close();
  }
}

/** Monaco draws spaces as no-break spaces. */
function plainSpaces(text: string): string {
  return text.replaceAll("\u00a0", " ");
}
