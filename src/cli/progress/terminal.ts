import type { WriteStream } from "node:tty";
import type { RunEvent } from "../../protocol";
import { formatStep } from "./format";
import { formatLine } from "./plain";
import type { Progress } from "./progress";

const BAR_WIDTH = 24;
const CLEAR_LINE = "\r\x1b[K";

/** A progress bar on the last line of a terminal, with everything else above it. */
export class TerminalProgress implements Progress {
  private steps = 0;
  private epochs = 0;
  private hasBar = false;

  constructor(private readonly terminal: Pick<WriteStream, "write" | "columns">) {}

  show(event: RunEvent): void {
    if (event.event === "start") {
      this.steps = event.steps;
      this.epochs = event.epochs;
    }
    if (event.event === "step") {
      const filled = Math.round((event.step / this.steps) * BAR_WIDTH);
      const bar = "━".repeat(filled) + "╌".repeat(BAR_WIDTH - filled);
      const line = `Epoch ${event.epoch}/${this.epochs} ${bar} ${formatStep(event, this.steps)}`;
      this.terminal.write(CLEAR_LINE + line.slice(0, Math.max(0, this.terminal.columns - 1)));
      this.hasBar = true;
      return;
    }
    const line = formatLine(event, this.epochs);
    if (line !== undefined) this.terminal.write(`${this.hasBar ? CLEAR_LINE : ""}${line}\n`);
    this.hasBar = false;
  }

  dispose(): void {
    if (this.hasBar) this.terminal.write("\n");
    this.hasBar = false;
  }
}
