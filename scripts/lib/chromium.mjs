import { exists } from "./cache.mjs";
import { onPath } from "./onPath.mjs";
import { run } from "./processes.mjs";
import { SetupError, step } from "./steps.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MACOS_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * Finds a Chromium or Chrome for tests, and installs Debian's where this process may.
 *
 * @returns {Promise<string>} The browser's path.
 */
export async function ensureChromium() {
  const chosen = process.env["CHROMIUM"];
  if (chosen !== undefined && chosen !== "") return chosen;
  const found = await findChromium();
  if (found !== undefined) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && (await onPath("apt-get")) !== undefined) {
    await step("Installing Chromium", installFromDebian);
    const installed = await findChromium();
    if (installed !== undefined) return installed;
  }
  throw new SetupError("There is no Chromium, in which the tests of the editor run", {
    tried: [...NAMES.map((name) => `${name} on the PATH`), MACOS_CHROME],
    todo: "install it (Debian: `sudo apt-get install chromium`), or name one in the environment variable CHROMIUM.",
  });
}

async function findChromium() {
  for (const name of NAMES) {
    const path = await onPath(name);
    if (path !== undefined) return path;
  }
  return (await exists(MACOS_CHROME)) ? MACOS_CHROME : undefined;
}

async function installFromDebian() {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], { env });
}
