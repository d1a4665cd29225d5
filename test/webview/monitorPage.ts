import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/lib/chromium.mjs";
import type { MonitorMessage } from "../../src/protocol/monitor";
import { type ThemeName, themes } from "./themes";

const ORIGIN = "http://monitor.test";
/** The toolkit marks a style element of its own with it. */
const NONCE = "bW9uaXRvcg";
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
/** The policy of the panel in the editor, with this page's origin as the source. */
const POLICY = `default-src 'none'; script-src ${ORIGIN}; style-src ${ORIGIN} 'nonce-${NONCE}'; font-src ${ORIGIN}; img-src ${ORIGIN} data:`;

/** The monitor in a real browser, in a page like the one that the extension makes. */
export interface MonitorPage {
  readonly page: Page;
  /** What the monitor asked of the host, in order. */
  readonly requests: () => Promise<unknown[]>;
  readonly send: (message: MonitorMessage) => Promise<void>;
  readonly setTheme: (theme: ThemeName) => Promise<void>;
  /** Scripts, styles or fonts that the policy refused, and uncaught errors. */
  readonly complaints: string[];
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), args: ["--no-sandbox", "--disable-gpu"] });
}

export async function openMonitor(
  browser: Browser,
  options: { width?: number; height?: number; theme?: ThemeName } = {},
): Promise<MonitorPage> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 1280, height: options.height ?? 760 } });
  // For what hangs: no test depends on how fast the machine is.
  page.setDefaultTimeout(300_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === "") {
      await route.fulfill({
        contentType: "text/html",
        headers: { "content-security-policy": POLICY },
        body: html(options.theme ?? "dark"),
      });
    } else if (name === "host.js") {
      await route.fulfill({ contentType: "text/javascript", body: HOST });
    } else if (name === "theme.css") {
      await route.fulfill({ contentType: "text/css", body: themeStyles() });
    } else {
      const types: Record<string, string> = { js: "text/javascript", css: "text/css", ttf: "font/ttf" };
      await route.fulfill({
        contentType: types[name.split(".").at(-1) ?? ""] ?? "text/plain",
        body: await readFile(DIST + name),
      });
    }
  });
  await page.goto(`${ORIGIN}/`);
  const monitor: MonitorPage = {
    page,
    complaints,
    requests: () => page.evaluate("globalThis.requests"),
    send: (message) => page.evaluate((value) => window.postMessage(value, "*"), message),
    setTheme: (theme) => page.evaluate((name) => (document.body.className = name), themes[theme].bodyClass).then(() => undefined),
  };
  await page.waitForFunction("globalThis.requests.length > 0");
  return monitor;
}

const HOST = `
globalThis.requests = [];
globalThis.acquireVsCodeApi = () => ({
  postMessage: (message) => globalThis.requests.push(message),
  getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
  setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
});
`;

function themeStyles(): string {
  const rules = Object.values(themes).map(({ bodyClass, variables }) => {
    const declarations = Object.entries(variables).map(([name, value]) => `--vscode-${name}: ${value};`);
    return `:root:has(body.${bodyClass}) { --vscode-font-family: "DejaVu Sans", sans-serif; --vscode-font-size: 13px; ${declarations.join(" ")} }`;
  });
  return rules.join("\n");
}

function html(theme: ThemeName): string {
  return `<!doctype html><html lang="en"><head><title>Monitor</title><meta property="csp-nonce" content="${NONCE}">
<link rel="stylesheet" href="${ORIGIN}/theme.css"><link rel="stylesheet" href="${ORIGIN}/monitor.css"></head>
<body class="${themes[theme].bodyClass}"><main></main>
<script src="${ORIGIN}/host.js"></script><script src="${ORIGIN}/monitor.js"></script></body></html>`;
}
