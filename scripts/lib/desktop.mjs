import { onPath } from "./onPath.mjs";
import { run } from "./processes.mjs";
import { log } from "./steps.mjs";

/**
 * Finds a desktop VS Code that can open a window here.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findDesktop() {
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const hasDisplay = process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
  // VS Code refuses root; inside a remote window `code` is another program of the same name.
  if (isRoot || !hasDisplay || process.env["VSCODE_IPC_HOOK_CLI"]) return undefined;
  return onPath(process.platform === "win32" ? "code.cmd" : "code");
}

/**
 * Opens a window with the extension under development, which leaves the user's own VS Code as it is.
 *
 * @param {string} code
 * @param {{ extension: string, workspace: string, file: string }} sample
 */
export async function openDesktop(code, { extension, workspace, file }) {
  await run(code, ["--new-window", `--extensionDevelopmentPath=${extension}`, workspace, file]);
  log("VS Code is open.");
}
