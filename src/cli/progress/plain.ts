import type { RunEvent } from "../../protocol";
import { formatEnd, formatEpoch, formatStart } from "./format";
import type { Progress } from "./progress";

/** Lines for a file or a pipe: one an epoch. */
export function plainProgress(print: (line: string) => void): Progress {
  let epochs = 0;
  return {
    show: (event) => {
      if (event.event === "start") epochs = event.epochs;
      const line = formatLine(event, epochs);
      if (line !== undefined) print(line);
    },
    dispose: () => undefined,
  };
}

/** What an event says on a line of its own; steps say nothing. */
export function formatLine(event: RunEvent, epochs: number): string | undefined {
  switch (event.event) {
    case "start":
      return formatStart(event);
    case "epoch":
      return formatEpoch(event, epochs);
    case "diagnosis":
      return `! ${event.message}`;
    case "checkpoint":
      return `Saved ${event.path}`;
    case "end":
      return formatEnd(event);
    case "step":
      return undefined;
  }
}
