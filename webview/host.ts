import type { LayerSummary } from "../src/protocol/analysis";
import { MonitorMessage, type MonitorRequest } from "../src/protocol/monitor";

/** What VS Code gives a webview's page. */
interface VsCodeApi {
  postMessage(message: MonitorRequest): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function request(message: MonitorRequest): void {
  api.postMessage(message);
}

/** Opens the source line of a layer, where it has one. */
export function reveal({ file, line, column }: Pick<LayerSummary, "file" | "line" | "column">): void {
  if (file !== null && line !== null) request({ type: "reveal", file, line, column: column ?? 1 });
}

/** Calls `listener` with every message of the extension host; one that does not decode is dropped and named on the console. */
export function onMessage(listener: (message: MonitorMessage) => void): void {
  addEventListener("message", (event: MessageEvent<unknown>) => {
    const decoded = MonitorMessage.safeParse(event.data);
    if (decoded.success) listener(decoded.data);
    else console.error("The monitor received a message it does not know.", decoded.error.issues);
  });
}
