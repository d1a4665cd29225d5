import { ProcessError, signalExitCode } from "./processes.mjs";

/** How often a step that is still under way says so, in milliseconds. */
const REMINDER_INTERVAL = 20_000;

/** A failure that its reader can do something about. */
export class SetupError extends Error {
  /**
   * @param {string} problem What is wrong or missing.
   * @param {{ tried?: readonly string[], todo: string, cause?: unknown }} help
   */
  constructor(problem, { tried = [], todo, cause }) {
    super(problem, { cause });
    this.name = "SetupError";
    this.tried = tried;
    this.todo = todo;
  }
}

/**
 * Reports an action's beginning, its duration and its outcome on stderr.
 *
 * @template T
 * @param {string} title In the form "Installing X".
 * @param {() => Promise<T>} action
 */
export async function step(title, action) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  log(`› ${title}`);
  const reminder = setInterval(() => log(`  still at it after ${seconds()}: ${title}`), REMINDER_INTERVAL);
  try {
    const result = await action();
    log(`  done in ${seconds()}`);
    return result;
  } catch (error) {
    log(`  failed after ${seconds()}`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}

/** @param {string} line */
export function log(line) {
  process.stderr.write(`${line}\n`);
}

/** The signals by which a terminal, a supervisor and a closed terminal end a script. */
export const ENDING_SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs a script's body: a failure is described and becomes exit code 1, a signal ends the script with everything it
 * started, and so does the end of the npm that runs it.
 *
 * @param {() => Promise<number | void>} body Returns the exit code; nothing stands for 0.
 */
export async function runScript(body) {
  if (process.env["npm_lifecycle_event"] !== undefined) await import("./endWithParent.mjs");
  for (const signal of ENDING_SIGNALS) process.once(signal, exitBySignal);
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    log(describeFailure(error));
    process.exitCode = 1;
  }
}

/** Waits for a signal, which for once ends the script's wait instead of the script. */
export async function interrupted() {
  await new Promise((resolve) => {
    for (const signal of ENDING_SIGNALS) {
      process.off(signal, exitBySignal);
      process.once(signal, resolve);
    }
  });
  for (const signal of ENDING_SIGNALS) process.once(signal, exitBySignal);
}

/** @param {NodeJS.Signals} signal */
function exitBySignal(signal) {
  process.exit(signalExitCode(signal));
}

/** @param {unknown} error */
export function describeFailure(error) {
  if (!(error instanceof Error)) return `\n${String(error)}`;
  const lines = ["", error instanceof SetupError || error instanceof ProcessError ? error.message : String(error.stack)];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) lines.push(`  because ${cause.message}`);
  const output = outputOf(error);
  if (output !== "") lines.push(...output.split("\n").map((line) => `  │ ${line}`));
  if (error instanceof SetupError) {
    lines.push(...error.tried.map((attempt) => `  tried: ${attempt}`), `  to do: ${error.todo}`);
  }
  return lines.join("\n");
}

/**
 * @param {unknown} error
 * @returns {string} What the program behind the failure printed.
 */
function outputOf(error) {
  if (error instanceof ProcessError) return error.output;
  return error instanceof Error ? outputOf(error.cause) : "";
}
