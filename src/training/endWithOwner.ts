import { Worker } from "node:worker_threads";

/** Milliseconds between two looks at the owner. */
const POLL = 500;

/** A thread's script, as text: a bundle is one file. A system that gives orphans no new parent still knows whether the old one is there. */
const WATCH = `
const { workerData: { owner, grace, poll } } = require("node:worker_threads");
const isGone = () => {
  if (process.ppid !== owner) return true;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
};
const watch = setInterval(() => {
  if (!isGone()) return;
  clearInterval(watch);
  setTimeout(() => process.kill(process.pid, "SIGKILL"), grace);
}, poll);
`;

/**
 * Kills this process some time after its owner is gone, from a thread of its own: a loop in a model's code that never ends keeps the main
 * thread from hearing of it.
 *
 * @param owner The process id of the owner.
 * @param grace Milliseconds in which this process can end by itself.
 */
export function endWithOwner(owner: number, grace: number): void {
  const workerData = { owner, grace, poll: POLL };
  new Worker(WATCH, { eval: true, workerData, execArgv: [] }).unref();
}
