/** Ctrl-C lets a command end in order; a second one ends the process at once, unless the command listens for it. */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}
