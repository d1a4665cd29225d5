import type { RunEvent } from "../../protocol";

/** How a run is shown while it goes on. */
export interface Progress {
  show(event: RunEvent): void;
  dispose(): void;
}
