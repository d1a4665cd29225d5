import { spawn } from "node:child_process";

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} RunOptions */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
const ownGroup = process.platform !== "win32";

/** How much of a failed program's output its error repeats, in characters. */
const OUTPUT_TAIL = 2000;

/** A program that could not be started, or that ended with another exit code than 0. */
export class ProcessError extends Error {
  /**
   * @param {string} message
   * @param {string} output What the program printed.
   */
  constructor(message, output) {
    super(message);
    this.name = "ProcessError";
    this.output = output;
  }
}

/**
 * Starts a program in a process group of its own. Whatever is left of the group when this process ends is ended too.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
export function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: ownGroup });
  running.add(child);
  child.once("error", () => running.delete(child));
  child.once("close", () => running.delete(child));
  return child;
}

/**
 * Ends a program together with everything it started.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export function killTree(child, signal = "SIGTERM") {
  if (child.pid === undefined) return;
  try {
    if (ownGroup) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/**
 * Runs a program to its end, in silence.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} What it wrote to stdout.
 * @throws {ProcessError} Unless it exits with 0.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", (error) => reject(new ProcessError(`${command} could not be started: ${error.message}`, "")));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(stdout);
      const line = [command, ...args].join(" ");
      reject(new ProcessError(`\`${line}\` ended with ${signal ?? `exit code ${code}`}`, output.trim().slice(-OUTPUT_TAIL)));
    });
  });
}

/**
 * Runs a program to its end with this terminal as its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} Its exit code; 128 + number of the signal where a signal ended it.
 */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", (error) => reject(new ProcessError(`${command} could not be started: ${error.message}`, "")));
    child.once("close", (code, signal) => resolve(code ?? signalExitCode(signal)));
  });
}

/**
 * Like {@link runVisibly}, and returns what was shown of stdout.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runWatched(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.once("error", (error) => reject(new ProcessError(`${command} could not be started: ${error.message}`, "")));
    child.once("close", (code, signal) => resolve({ code: code ?? signalExitCode(signal), output }));
  });
}

/**
 * The exit code by which shells report a process ended by a signal.
 *
 * @param {NodeJS.Signals | null} signal
 */
export function signalExitCode(signal) {
  const numbers = /** @type {Record<string, number>} */ ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 });
  return 128 + (numbers[signal ?? ""] ?? 0);
}

process.once("exit", () => {
  for (const child of running) killTree(child, "SIGKILL");
});
