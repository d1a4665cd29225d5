// Imported for its effect, often by `node --import`: this process ends, in order, when the one that started it is gone,
// however it went. SIGKILL reaches one process alone, and npm and sh do not pass every other signal on.

/** In milliseconds. */
const POLL = 500;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
}, POLL).unref();
