import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { cacheRoot } from "../../../scripts/lib/cache.mjs";
import { ensureChromium } from "../../../scripts/lib/chromium.mjs";
import { ensureCodeServer } from "../../../scripts/lib/codeServer.mjs";
import { installInPlace } from "../../../scripts/lib/installedExtensions.mjs";
import { startVSCodeServer, type VSCodeServer } from "../../../scripts/lib/vscodeServer.mjs";
import { checkout } from "./checkout";
import { THEMES, type Theme } from "./themes";
import { Workbench } from "./workbench";

/** Keeps what moves or asks questions out of tests and pictures. */
const QUIET_SETTINGS = {
  // VS Code in a browser saves after a second, which a slow machine takes for the user's own save.
  "files.autoSave": "off",
  // A busy machine must not look like a model file that loops for ever.
  "layerwise.analysis.timeLimit": 60_000,
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export interface EditorOptions {
  /** The folder to open, absolute. */
  readonly workspace: string;
  /** The folder of the extension under development, absolute; by default the checkout. */
  readonly extension?: string;
  /**
   * A script, absolute, that runs in the extension host in place of a user (VS Code's `extensionTestsPath`). Only then is
   * the extension loaded as one under development, which mutes VS Code's notifications; else it is installed.
   */
  readonly extensionTests?: string;
  /** A file of the workspace, absolute, that is open from the start. */
  readonly openFile?: string;
  /** User settings, on top of those that keep the editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False asks for trust as VS Code does, and starts in Restricted Mode. Default: true. */
  readonly trusted?: boolean;
  /** Default: dark. */
  readonly theme?: Theme;
  /** In CSS pixels. Default: 1440 × 900. */
  readonly size?: { readonly width: number; readonly height: number };
  /** On top of this process's environment; what the extension finds in its own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A real VS Code: its server with an extension host, and its workbench in a real browser. */
export interface Editor extends AsyncDisposable {
  readonly workbench: Workbench;
  /** What the server and the browser's console printed so far. */
  log(): string;
  /** Ends browser, server and extension host, and removes their files. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens VS Code on a folder and waits until its workbench is there. */
export async function openEditor(options: EditorOptions): Promise<Editor> {
  const folder = await mkdtemp(join(tmpdir(), "layerwise-editor-"));
  let server: VSCodeServer | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await writeSettings(join(folder, "data/User"), options);
    server = await startServer(folder, options);
    const output = server.output;
    browser = await chromium.launch({ executablePath: await ensureChromium(), args: ["--no-sandbox", "--disable-gpu"] });
    const page = await browser.newPage({ viewport: options.size ?? { width: 1440, height: 900 } });
    const messages: string[] = [];
    page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => messages.push(`uncaught: ${error.message}`));
    const workbench = new Workbench(page);
    await page.goto(addressOf(server.port, options));
    await page.locator(".monaco-workbench").waitFor();
    const log = (): string => [output(), ...messages].join("\n");
    return { workbench, log, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes the user's settings into VS Code's folder for them. */
export async function writeSettings(user: string, options: EditorOptions): Promise<void> {
  const settings = {
    ...QUIET_SETTINGS,
    "workbench.colorTheme": THEMES[options.theme ?? "dark"].setting,
    "security.workspace.trust.enabled": !(options.trusted ?? true),
    ...options.settings,
  };
  await mkdir(user, { recursive: true });
  await writeFile(join(user, "settings.json"), JSON.stringify(settings));
}

async function startServer(folder: string, options: EditorOptions): Promise<VSCodeServer> {
  const extensionsFolder = join(folder, "extensions");
  const extension = options.extension ?? checkout;
  if (options.extensionTests === undefined) await installInPlace(extensionsFolder, extension);
  return startVSCodeServer({
    script: await ensureCodeServer(),
    node: process.execPath,
    dataFolder: folder,
    extensionsFolder,
    args: options.extensionTests === undefined ? [] : ["--enable-smoke-test-driver"],
    env: await testEnvironment(folder, options),
  });
}

/** What the extension finds in its environment. */
export async function testEnvironment(folder: string, options: EditorOptions): Promise<NodeJS.ProcessEnv> {
  return { ...withoutVitest(process.env), XDG_CACHE_HOME: await ownCache(join(folder, "cache")), ...options.env };
}

/** A cache that holds what is installed, and is alone with its locks: runs elsewhere on this machine are not waited for. */
async function ownCache(folder: string): Promise<string> {
  const cache = join(folder, "layerwise");
  await mkdir(cache, { recursive: true });
  for (const part of ["tensorflow", "datasets"]) await symlink(join(cacheRoot(), part), join(cache, part));
  return folder;
}

/** The extension host must not take itself for a part of the test runner. */
function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VITEST|NODE_ENV|NODE_OPTIONS|TEST$)/.test(name)));
}

function addressOf(port: number, options: EditorOptions): string {
  const authority = `127.0.0.1:${port}`;
  const remote = (path: string): string => `vscode-remote://${authority}${path}`;
  const payload: [string, string][] = [];
  if (options.openFile !== undefined) payload.push(["openFile", remote(options.openFile)]);
  if (options.extensionTests !== undefined) {
    payload.push(["extensionDevelopmentPath", remote(options.extension ?? checkout)]);
    payload.push(["extensionTestsPath", remote(options.extensionTests)]);
  }
  const query = new URLSearchParams({ folder: options.workspace, payload: JSON.stringify(payload) });
  return `http://${authority}/?${query.toString()}`;
}
