import { h, type VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { reveal } from "../host";
import { selectedLayers } from "../store";
import { describeItem } from "./describe";
import { translation, MARGIN } from "./drawDiagram";
import { drawEdge } from "./drawEdge";
import { drawArrow, drawItem } from "./drawNode";
import { diagramKey } from "./keys";
import { type Layout, type PlacedItem } from "./layout";
import { measureText } from "./measureText";
import { nodeOf } from "./navigate";
import { themePalette } from "./palette";
import { toggle, zoom } from "./state";
import type { SvgElement } from "./svg";
import { useFollow } from "./useFollow";
import { useZoom } from "./useZoom";

/** The layers as one picture, which is a tree to a screen reader and one stop for the Tab key. */
export function Diagram({ layout }: { layout: Layout }): VNode {
  const frame = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const selected = new Set(selectedLayers.value.map((name) => nodeOf(layout, name)?.item.id).filter((id) => id !== undefined));
  const current = currentItem(layout, focused, selected);
  const drawing = { layout, palette: themePalette, measure: measureText };
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  useZoom(frame, width, height);
  useFollow(frame, current, selected);

  const select = (placed: PlacedItem, focus: boolean): void => {
    selectedLayers.value = [placed.item.layer.name];
    setFocused(placed.item.id);
    reveal(placed.item.layer, focus);
  };
  return (
    <div class="canvas" ref={frame}>
      <svg
        role="tree"
        aria-label={`Layers of ${layout.network.name}`}
        aria-describedby="diagram-keys"
        aria-multiselectable
        width={width * zoom.value}
        height={height * zoom.value}
        viewBox={`0 0 ${width.toString()} ${height.toString()}`}
        onKeyDown={(event) => {
          if (current === undefined) return;
          const handled = diagramKey(event, layout, current, { go: setFocused, reveal: (placed) => select(placed, true) });
          if (handled) event.preventDefault();
        }}
      >
        <g transform={translation({ left: MARGIN, top: MARGIN })}>
          <g aria-hidden="true">{layout.edges.map((edge) => toVNode(drawEdge(drawing, edge)))}</g>
          {layout.items.map((placed) => {
            const { item, open, width: w, height: hgt } = placed;
            const marked = selected.has(item.id);
            return (
              <g
                key={item.id}
                class={marked ? "node selected" : "node"}
                transform={translation(placed)}
                role="treeitem"
                tabindex={item.id === current?.item.id ? 0 : -1}
                aria-level={placed.path.length + 1}
                aria-selected={marked}
                aria-label={describeItem(item, layout.network)}
                {...(item.kind === "layer" ? {} : { "aria-expanded": open })}
                data-id={item.id}
                onFocus={() => setFocused(item.id)}
                onClick={(event) => {
                  const onArrow = event.target instanceof Element && event.target.closest(".arrow") !== null;
                  if (onArrow && item.kind !== "layer") toggle(item);
                  else select(placed, false);
                  setFocused(item.id);
                }}
              >
                <rect
                  class="ring"
                  x={-3.5}
                  y={-3.5}
                  width={w + 7}
                  height={(open ? placed.headHeight : hgt) + 7}
                  rx={4}
                  fill="none"
                />
                {drawItem(drawing, placed, marked).map(toVNode)}
                {item.kind !== "layer" && toVNode(drawArrow(placed, themePalette))}
              </g>
            );
          })}
        </g>
      </svg>
    </div>
  );
}

/** Where the Tab key arrives: the node that had the focus last, while it is there, else what is selected, else the first. */
function currentItem({ items }: Layout, focused: string | null, selected: ReadonlySet<string>): PlacedItem | undefined {
  const had = items.find(({ item }) => item.id === focused);
  if (had !== undefined && (selected.size === 0 || selected.has(had.item.id) || hasFocus())) return had;
  // A group that was closed takes the place of what stood in it.
  const around = focused === null ? undefined : items.findLast(({ item }) => focused.startsWith(`${item.id}/`));
  return (hasFocus() ? around : undefined) ?? items.find(({ item }) => selected.has(item.id)) ?? around ?? items[0];
}

function hasFocus(): boolean {
  return document.activeElement?.closest("[role=tree]") !== null && document.activeElement !== null;
}

function toVNode({ tag, attributes, children }: SvgElement): VNode {
  return h(tag, attributes, ...children.map((child) => (typeof child === "string" ? child : toVNode(child))));
}
