import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheRoot, exists } from "./cache.mjs";
import { onPath } from "./onPath.mjs";
import { ensureCodeServer } from "./codeServer.mjs";
import { installInPlace } from "./installedExtensions.mjs";
import { run } from "./processes.mjs";
import { interrupted, log, step } from "./steps.mjs";
import { startVSCodeServer } from "./vscodeServer.mjs";

/** A new user's settings; VS Code's own apply where they say nothing. */
const FIRST_SETTINGS = {
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  // A folder that nobody was asked about stays in Restricted Mode, without any numbers.
  "security.workspace.trust.startupPrompt": "always",
  "git.openRepositoryInParentFolders": "never",
  "workbench.startupEditor": "none",
};

/**
 * Serves VS Code to a browser on this machine, until a signal.
 *
 * @param {{ extension: string, workspace: string, file: string, port: number, openBrowser: boolean }} options
 */
export async function servePage({ extension, workspace, file, port, openBrowser }) {
  const script = await ensureCodeServer();
  const dataFolder = join(cacheRoot(), "vscode-data");
  const extensionsFolder = join(dataFolder, "extensions");
  await seedSettings(join(dataFolder, "data/User"));
  await installInPlace(extensionsFolder, extension);
  const token = randomBytes(16).toString("hex");
  const connectionTokenFile = join(dataFolder, `connection-token-${process.pid}`);
  await writeFile(connectionTokenFile, token, { mode: 0o600 });

  try {
    const server = await step("Starting VS Code", () =>
      startVSCodeServer({ script, node: process.execPath, dataFolder, extensionsFolder, port, connectionTokenFile }),
    );
    const address = addressOf(server.port, token, workspace, file);
    log(`\nLayerwise is running. Open it in a browser on this machine; Ctrl-C ends it.\n`);
    console.log(address);
    if (openBrowser) await openInBrowser(address);
    const outcome = await Promise.race([server.ended.then(() => "ended"), interrupted().then(() => "interrupted")]);
    await server.close();
    if (outcome === "ended") throw new Error(`The VS Code server ended by itself:\n${server.output().slice(-2000)}`);
  } finally {
    await rm(connectionTokenFile);
  }
}

/**
 * @param {number} port
 * @param {string} token
 * @param {string} workspace
 * @param {string} file
 */
function addressOf(port, token, workspace, file) {
  const authority = `127.0.0.1:${port}`;
  const payload = JSON.stringify([["openFile", `vscode-remote://${authority}${file}`]]);
  return `http://${authority}/?${new URLSearchParams({ tkn: token, folder: workspace, payload })}`;
}

/** @param {string} folder */
async function seedSettings(folder) {
  const settings = join(folder, "settings.json");
  if (await exists(settings)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(settings, `${JSON.stringify(FIRST_SETTINGS, null, 2)}\n`);
}

/** @param {string} address */
async function openInBrowser(address) {
  const hasDisplay = process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
  const opener = process.platform === "darwin" ? "open" : hasDisplay ? await onPath("xdg-open") : undefined;
  // The address stands in the terminal, whatever comes of this.
  if (opener !== undefined) await run(opener, [address]).catch(() => undefined);
}
