import { computed, signal } from "@preact/signals";
import type { ModelSummary } from "../src/protocol/analysis";
import { type MonitorMessage, type RunHistory, type RunListItem, thinStepRecords } from "../src/protocol/monitor";

/** Whether the host has answered at all. */
export const connected = signal(false);
export const runs = signal<readonly RunListItem[]>([]);
export const history = signal<RunHistory | null>(null);
export const view = signal<"training" | "diagram">("training");
/** The layer selected here or by the cursor in the source. */
export const selectedLayer = signal<string | null>(null);

const networkWithoutRun = signal<ModelSummary | null>(null);
/** The model to draw: the run's as it was when it began, else the one in the editor. */
export const network = computed(() => history.value?.network ?? networkWithoutRun.value);

export function receive(message: MonitorMessage): void {
  connected.value = true;
  switch (message.type) {
    case "runs":
      runs.value = message.runs;
      return;
    case "show":
      history.value = message.history;
      networkWithoutRun.value = message.network;
      view.value = message.view;
      return;
    case "selectLayer":
      selectedLayer.value = message.layer;
      return;
    case "progress": {
      const shown = history.value;
      // Progress of a run that is no longer shown arrives when the reader has just chosen another.
      if (shown?.run !== message.run) return;
      history.value = {
        ...shown,
        state: message.state,
        stepRecords: thinStepRecords([...shown.stepRecords, ...message.stepRecords]),
        epochEvents: [...shown.epochEvents, ...message.epochEvents],
        diagnoses: [...shown.diagnoses, ...message.diagnoses],
        end: message.end ?? shown.end,
      };
    }
  }
}
