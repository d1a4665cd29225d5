import type { RunEvent } from "../../protocol";
import type { Progress } from "./progress";

/** At least so many milliseconds lie between two steps' lines. */
const STEP_INTERVAL = 100;

/** One JSON object a line; of the steps at most ten a second. */
export class JsonProgress implements Progress {
  private lastStep = -Infinity;

  constructor(
    private readonly print: (line: string) => void,
    private readonly log: (line: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  show(event: RunEvent): void {
    if (event.event === "step") {
      const now = this.now();
      if (now - this.lastStep < STEP_INTERVAL) return;
      this.lastStep = now;
    }
    this.print(JSON.stringify(event));
    if (event.event === "end" && event.error !== undefined) this.log(event.error);
  }

  dispose(): void {
    // Every line stands for itself.
  }
}
