export const STOPPED_BY_SIGINT = 130;

/** Ctrl-C lets a command end in order; a second one ends the process at once, unless the command listens for it. */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  // This listener stays: between two of them a signal would end this process and leave its children alone.
  process.on("SIGINT", () => {
    if (!controller.signal.aborted) controller.abort();
    else if (process.listenerCount("SIGINT") === 1) process.exit(STOPPED_BY_SIGINT);
  });
  return controller.signal;
}
