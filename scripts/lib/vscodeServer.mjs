import { killTree, start } from "./processes.mjs";

/** How long a server may take to end by itself when it is told to, in milliseconds. */
const GRACE = 5_000;

/**
 * @typedef {object} ServerOptions
 * @property {string} script The server's `server-main.js`.
 * @property {string} node The Node that runs it; its major version is that of the server's own (24).
 * @property {string} dataFolder Settings, state and logs.
 * @property {string} extensionsFolder
 * @property {number} [port] 0, the default, takes a free one.
 * @property {string} [connectionTokenFile] Holds what every address needs as `tkn`; without it, every local user may
 *   connect.
 * @property {readonly string[]} [args]
 * @property {NodeJS.ProcessEnv} [env] What extensions find in their environment.
 *
 * @typedef {object} VSCodeServer
 * @property {number} port
 * @property {Promise<void>} ended Settles when the server's process is gone.
 * @property {() => string} output What the server printed so far.
 * @property {() => Promise<void>} close Ends the server and its extension hosts.
 */

/**
 * Starts a VS Code server on 127.0.0.1 and waits until it accepts connections.
 *
 * @param {ServerOptions} options
 * @returns {Promise<VSCodeServer>}
 */
export function startVSCodeServer(options) {
  const tokenFile = options.connectionTokenFile;
  const child = start(
    options.node,
    [
      // The extension host inherits it: by itself it waits hours for a server that is gone.
      ...["--import", new URL("endWithParent.mjs", import.meta.url).href],
      options.script,
      ...["--host", "127.0.0.1", "--port", String(options.port ?? 0)],
      ...(tokenFile === undefined ? ["--without-connection-token"] : ["--connection-token-file", tokenFile]),
      ...["--server-data-dir", options.dataFolder, "--extensions-dir", options.extensionsFolder],
      ...["--accept-server-license-terms", "--telemetry-level", "off"],
      ...(options.args ?? []),
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: options.env ?? process.env },
  );
  let output = "";
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once("close", () => resolve()));
  return new Promise((resolve, reject) => {
    /** @param {string} text */
    const read = (text) => {
      output += text;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve({ port: Number(port), ended, output: () => output, close: () => close(child, ended) });
    };
    child.stdout?.setEncoding("utf8").on("data", read);
    child.stderr?.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("close", (code) =>
      reject(new Error(`The VS Code server ended with exit code ${code}:\n${output.trim().slice(-2000)}`)),
    );
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<void>} ended
 */
async function close(child, ended) {
  killTree(child);
  const force = setTimeout(() => killTree(child, "SIGKILL"), GRACE);
  await ended;
  clearTimeout(force);
  // The server forgets extension hosts whose connection broke; the process group does not.
  killTree(child, "SIGKILL");
}
