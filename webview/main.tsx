import "@vscode/codicons/dist/codicon.css";
import "uplot/dist/uPlot.min.css";
import "./monitor.css";
import { render } from "preact";
import { Monitor } from "./components/Monitor";
import { exportDiagram } from "./diagram/exportImage";
import { onMessage, request } from "./host";
import { receive } from "./store";
import { registerToolkit } from "./toolkit";

registerToolkit();
onMessage((message) => {
  if (message.type === "export") void exportDiagram(message.format);
  else receive(message);
});
const root = document.querySelector("main");
if (root === null) throw new Error("The monitor's page has no <main> element to draw into.");
render(<Monitor />, root);
request({ type: "ready" });
