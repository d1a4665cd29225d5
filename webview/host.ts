import { MonitorMessage, type MonitorRequest } from "../src/protocol/monitor";
import { DiagramState, type NetworkLayer } from "../src/protocol/network";

/** What VS Code gives a webview's page. */
interface VsCodeApi {
  postMessage(message: MonitorRequest): void;
  /** What a page before this one left. */
  getState(): unknown;
  setState(state: DiagramState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function request(message: MonitorRequest): void {
  api.postMessage(message);
}

/** Shows the source line of a layer, where it has one; `focus`: and goes there. */
export function reveal({ file, line, column }: Pick<NetworkLayer, "file" | "line" | "column">, focus: boolean): void {
  if (file !== null && line !== null) request({ type: "reveal", file, line, column: column ?? 1, focus });
}

export function rememberState(state: DiagramState): void {
  api.setState(state);
}

export function recallState(): DiagramState {
  const state = DiagramState.safeParse(api.getState());
  return state.success ? state.data : { size: "params", zoom: 1, open: {} };
}

/** Calls `listener` with every message of the extension host; one that does not decode is dropped and named on the console. */
export function onMessage(listener: (message: MonitorMessage) => void): void {
  addEventListener("message", (event: MessageEvent<unknown>) => {
    const decoded = MonitorMessage.safeParse(event.data);
    if (decoded.success) listener(decoded.data);
    else console.error("The monitor received a message it does not know.", decoded.error.issues);
  });
}
