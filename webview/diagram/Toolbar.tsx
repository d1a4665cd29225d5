import type { ComponentChildren, VNode } from "preact";
import { formatCount } from "../../src/format/numbers";
import type { Network, NodeSize } from "../../src/protocol/network";
import { request } from "../host";
import { models } from "../store";
import { exportDiagram } from "./exportImage";
import { SIZE_NAMES } from "./measures";
import { fitRequests, nodeSize, setAllOpen, setZoom, zoom, zoomBy } from "./state";

/** Above the diagram: which model, by what its nodes are sized, and what can be done with the picture. */
export function Toolbar({ network }: { network: Network }): VNode {
  return (
    <header class="toolbar">
      <ModelChoice network={network} />
      <SizeChoice />
      <Total network={network} />
      <div class="actions" role="toolbar" aria-label="Diagram">
        <Action icon="expand-all" title="Open all groups" onClick={() => setAllOpen(true)} />
        <Action icon="collapse-all" title="Close all groups" onClick={() => setAllOpen(false)} />
        <span class="separator" aria-hidden="true" />
        <Action icon="zoom-out" title="Zoom out (−)" onClick={() => zoomBy(-1)} />
        <Action title="Original size (0)" onClick={() => setZoom(1)}>
          {Math.round(100 * zoom.value)} %
        </Action>
        <Action icon="zoom-in" title="Zoom in (+)" onClick={() => zoomBy(1)} />
        <Action icon="screen-full" title="Show the whole diagram" onClick={() => (fitRequests.value += 1)} />
        <span class="separator" aria-hidden="true" />
        <Action icon="save" title="Export as SVG" onClick={() => void exportDiagram("svg")}>
          SVG
        </Action>
        <Action icon="save" title="Export as PNG" onClick={() => void exportDiagram("png")}>
          PNG
        </Action>
      </div>
    </header>
  );
}

function ModelChoice({ network }: { network: Network }): VNode {
  if (models.value.length < 2) return <h1>{network.name}</h1>;
  return (
    <select
      aria-label="Model"
      value={network.key}
      onChange={({ currentTarget }) => request({ type: "showModel", key: currentTarget.value })}
    >
      {models.value.map((key) => (
        <option key={key} value={key}>
          {key}
        </option>
      ))}
    </select>
  );
}

const SIZES: readonly { readonly size: NodeSize; readonly name: string }[] = [
  { size: "params", name: "Parameters" },
  { size: "flops", name: "FLOPs" },
];

export function SizeChoice(): VNode {
  return (
    <div class="choice" role="group" aria-label="Nodes are sized by">
      {SIZES.map(({ size, name }) => (
        <button key={size} type="button" aria-pressed={nodeSize.value === size} onClick={() => (nodeSize.value = size)}>
          {name}
        </button>
      ))}
    </div>
  );
}

/** The model's parameters or FLOPs, or why there is no figure. */
export function Total({ network }: { network: Network }): VNode {
  const total = network[nodeSize.value];
  const name = SIZE_NAMES[nodeSize.value];
  const words = network.hidden ? `? ${name}: some are still to be predicted` : `${formatCount(total)} ${name}`;
  return (
    <span class="total" role="status">
      {network.stale ? `${words} · from before: the file does not compile at the moment` : words}
    </span>
  );
}

function Action(props: { icon?: string; title: string; onClick: () => void; children?: ComponentChildren }): VNode {
  return (
    <button type="button" class="action" title={props.title} aria-label={props.title} onClick={props.onClick}>
      {props.icon !== undefined && <span class={`codicon codicon-${props.icon}`} aria-hidden="true" />}
      {props.children}
    </button>
  );
}
