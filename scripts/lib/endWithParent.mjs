// Imported for its effect: a script that npm or another script started ends, in order, when that one is gone, however it
// went. npm and sh do not pass every signal on, and SIGKILL reaches one process alone.

/** The environment variable in which a script names itself to the one it starts. */
export const PARENT = "LAYERWISE_PARENT";

const POLL = 500;
const parent = process.ppid;

if (process.env["npm_lifecycle_event"] !== undefined || process.env[PARENT] === String(parent)) {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, POLL).unref();
}
