import "@vscode/codicons/dist/codicon.css";
import "uplot/dist/uPlot.min.css";
import "./monitor.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { Monitor } from "./components/Monitor";
import { onMessage, rememberRun, request } from "./host";
import { history, receive } from "./store";
import { registerToolkit } from "./toolkit";

registerToolkit();
onMessage(receive);
effect(() => rememberRun(history.value?.run ?? null));
const root = document.querySelector("main");
if (root === null) throw new Error("The monitor's page has no <main> element to draw into.");
render(<Monitor />, root);
request({ type: "ready" });
