import { signal } from "@preact/signals";
import { type MonitorMessage, type ShownRun, type RunListItem, thinStepRecords } from "../src/protocol/monitor";
import type { Network } from "../src/protocol/network";

/** Whether the host has said what is to be shown: it may first have to analyze a file. */
export const connected = signal(false);
export const runs = signal<readonly RunListItem[]>([]);
export const history = signal<ShownRun | null>(null);
export const view = signal<"training" | "diagram">("training");
/** The layers selected here or by the cursor in the source, by name: several where the cursor is in a loop. */
export const selectedLayers = signal<readonly string[]>([]);
/** The model to draw. */
export const network = signal<Network | null>(null);
/** The name of the file that is to be drawn, where it is not there any more. */
export const missing = signal<string | null>(null);
/** The models among which the reader can choose, by key. */
export const models = signal<readonly string[]>([]);

export function receive(message: Exclude<MonitorMessage, { type: "export" }>): void {
  switch (message.type) {
    case "runs":
      runs.value = message.runs;
      return;
    case "show":
      connected.value = true;
      history.value = message.history;
      // Most analyses change nothing that is drawn.
      if (JSON.stringify(message.network) !== JSON.stringify(network.value)) network.value = message.network;
      missing.value = message.missing ?? null;
      models.value = message.models;
      view.value = message.view;
      return;
    case "select":
      selectedLayers.value = message.layers;
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
