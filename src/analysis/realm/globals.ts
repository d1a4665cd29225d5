import { lockStackTraces } from "./stackTraces";
import { unavailable } from "./unavailable";

/** How much of a stack is kept: enough to lead from the depths of an operation up to the model file. */
const STACK_TRACE_LIMIT = 60;

/** Stack traces are read by the collector: a model file cannot change how they are made. */
export function hardenErrors(): void {
  Object.assign(Error, { stackTraceLimit: STACK_TRACE_LIMIT });
  lockStackTraces();
  Object.defineProperty(globalThis, "Error", { value: Error, writable: false, configurable: false });
}

/** What Node offers and a bare context does not: it can be named and asked for, but not called. */
export function installUnavailableGlobals(): void {
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  };
  for (const name of [
    "fetch",
    "setTimeout",
    "setInterval",
    "setImmediate",
    "require",
    "WebAssembly",
    "WebSocket",
    "XMLHttpRequest",
    "EventSource",
    "Worker",
    "BroadcastChannel",
    "MessageChannel",
  ]) {
    define(name, unavailable(name));
  }
  const known = { env: {}, argv: [], platform: "", version: "", versions: {} };
  define("process", Object.setPrototypeOf(known, unavailable("process") as object));
  define("global", globalThis);
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) define(name, () => undefined);
  define("performance", { now: () => Date.now() });
  define("queueMicrotask", (task: () => void) => void Promise.resolve().then(task));
}
