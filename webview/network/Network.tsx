import type { VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { ModelSummary } from "../../src/protocol/analysis";
import { formatCount, formatShapes } from "../format";
import { reveal } from "../host";
import { selectedLayer } from "../store";
import type { Block } from "./blocks";
import { type Diagram, layoutNetwork, NODE_HEIGHT, NODE_WIDTH, type PlacedBlock } from "./layout";

/** The layers as a diagram. A click, or Enter, goes to the source line; the arrow keys go from node to node. */
export function Network({ model }: { model: ModelSummary }): VNode {
  const diagram = useMemo(() => layoutNetwork(model), [model]);
  const list = useRef<HTMLDivElement>(null);
  const total = model.totals.params;

  useEffect(() => {
    list.current?.querySelector(".node.selected")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selectedLayer.value]);

  return (
    <aside aria-label={`Network of ${model.name}`}>
      <h2>
        Network <span class="total">{total === null ? "" : `${formatCount(total)} parameters`}</span>
      </h2>
      <div class="network" ref={list} onKeyDown={moveFocus}>
        <div class="canvas" style={{ width: `${diagram.width.toString()}px`, height: `${diagram.height.toString()}px` }}>
          <Edges diagram={diagram} />
          {diagram.blocks.map((placed) => (
            <BlockNode key={placed.block.id} placed={placed} total={total} />
          ))}
        </div>
      </div>
    </aside>
  );
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const nodes = [...event.currentTarget.querySelectorAll<HTMLElement>(".node")];
  const next = nodes[nodes.findIndex((node) => node === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Edges({ diagram }: { diagram: Diagram }): VNode {
  return (
    <svg class="edges" width={diagram.width} height={diagram.height} aria-hidden="true">
      {diagram.edges.map(({ from, to, points }) => (
        <path
          key={`${from} ${to}`}
          d={points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("")}
        />
      ))}
    </svg>
  );
}

function BlockNode({ placed, total }: { placed: PlacedBlock; total: number | null }): VNode {
  const { block, left, top } = placed;
  const [first] = block.layers;
  const last = block.layers.at(-1);
  const params = sumOfParams(block);
  const share = params === null || total === null || total === 0 ? 0 : params / total;
  const selected = block.layers.some((layer) => layer.name === selectedLayer.value);
  const shape = formatShapes(last?.outputShape ?? null);
  const types = block.layers
    .slice(0, block.period)
    .map((layer) => layer.type)
    .join(", ");
  const name = block.repeats > 1 ? types : (first?.name ?? "");
  const times = block.repeats > 1 ? `×${block.repeats.toString()}` : "";
  const parameters = params === null ? "unknown number of parameters" : `${formatCount(params)} parameters`;
  return (
    <button
      type="button"
      class={selected ? "node selected" : "node"}
      style={{
        left: `${left.toString()}px`,
        top: `${top.toString()}px`,
        width: `${NODE_WIDTH.toString()}px`,
        height: `${NODE_HEIGHT.toString()}px`,
      }}
      aria-label={`${name}, ${block.repeats > 1 ? `repeated ${block.repeats.toString()} times` : (first?.type ?? "")}, output ${shape}, ${parameters}`}
      aria-pressed={selected}
      title={tooltip(block, types)}
      onClick={() => {
        selectedLayer.value = first?.name ?? null;
        if (first !== undefined) reveal(first);
      }}
    >
      <span class="name">
        <span>{name}</span> {times}
      </span>
      <span class="params">{params === null ? "?" : params === 0 ? "" : formatCount(params)}</span>
      <span class="shape">→ ({shape})</span>
      <span class="percent">{share >= 0.005 ? `${Math.round(100 * share).toString()} %` : ""}</span>
      <span class="share" aria-hidden="true">
        <span style={{ width: `${(100 * share).toFixed(1)}%` }} />
      </span>
    </button>
  );
}

function tooltip({ layers: [first] }: Block, types: string): string {
  if (first === undefined) return types;
  const derived = first.derivation !== null && first.derivation !== "0";
  return derived ? `${first.name}: ${first.derivation}` : `${first.name} (${types})`;
}

function sumOfParams(block: Block): number | null {
  let sum = 0;
  for (const { params } of block.layers) {
    if (params === null) return null;
    sum += params;
  }
  return sum;
}
