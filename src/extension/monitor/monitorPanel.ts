import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { monitorViewType } from "../contributions/manifest";
import { MonitorRequest, type MonitorMessage } from "../../protocol";
import { Disposables } from "../disposables";
import { monitorHtml } from "./monitorHtml";

/** The panel as VS Code's window shows it: its page, and typed messages in both directions. */
export class MonitorPanel implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #disposed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly onDidDispose = this.#disposed.event;
  /** Whether the page has loaded: one that is hidden is gone, and loads anew when it is shown. */
  #ready = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    onRequest: (request: MonitorRequest) => void,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(extensionUri, "dist");
    const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    this.#owned.add(panel.onDidDispose(() => this.#disposed.fire()));
    this.#owned.add(panel.onDidChangeViewState(() => (this.#ready &&= panel.visible)));
    this.#owned.add(
      webview.onDidReceiveMessage((message: unknown) => {
        const request = MonitorRequest.safeParse(message);
        if (request.success) {
          this.#ready ||= request.data.type === "ready";
          onRequest(request.data);
        } else {
          this.log.error(`The monitor asked for something unknown: ${request.error.message}`);
        }
      }),
    );
    panel.iconPath = new vscode.ThemeIcon("graph-line");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = monitorHtml({
      script: address("monitor.js"),
      style: address("monitor.css"),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("base64"),
    });
  }

  static open(): vscode.WebviewPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return vscode.window.createWebviewPanel(monitorViewType, "Layerwise Monitor", column);
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  set title(title: string) {
    this.panel.title = title;
  }

  /** @returns whether the page is there; it asks for everything when it is. */
  post(message: MonitorMessage): boolean {
    if (this.#ready) void this.panel.webview.postMessage(message);
    return this.#ready;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
