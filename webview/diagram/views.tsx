import type { VNode } from "preact";
import { Diagram } from "./Diagram";
import { KEY_HELP } from "./keys";
import { layout } from "./state";
import { SizeChoice, Toolbar, Total } from "./Toolbar";

/** The diagram by itself, beside the code. */
export function DiagramView(): VNode | null {
  if (layout.value === null) return null;
  return (
    <div class="diagram-view">
      <Toolbar network={layout.value.network} />
      <Diagram layout={layout.value} />
      <KeyHelp />
    </div>
  );
}

/** The diagram beside the curves of a run. */
export function NetworkAside(): VNode | null {
  if (layout.value === null) return null;
  const { network } = layout.value;
  return (
    <aside aria-label={`Network of ${network.name}`}>
      <h2>Network</h2>
      <SizeChoice />
      <Total network={network} />
      <Diagram layout={layout.value} />
      <KeyHelp />
    </aside>
  );
}

function KeyHelp(): VNode {
  return (
    <p id="diagram-keys" class="for-screen-readers">
      {KEY_HELP}
    </p>
  );
}
