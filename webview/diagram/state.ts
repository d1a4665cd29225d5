import { computed, effect, signal } from "@preact/signals";
import type { DiagramState, NodeSize } from "../../src/protocol/network";
import { recallState, rememberState } from "../host";
import { network } from "../store";
import { type GroupItem, allItems } from "./level";
import { isOpen, layoutNetwork } from "./layout";
import { measureText } from "./measureText";

const remembered = recallState();

export const nodeSize = signal<NodeSize>(remembered.size);
/** 1: as large as the editor's own texts. */
export const zoom = signal(remembered.zoom);
/** What the reader opened and closed, of all models: they come back when another model is shown, and after the page was thrown away. */
const openGroups = signal<DiagramState["open"]>(remembered.open);

effect(() => rememberState({ size: nodeSize.value, zoom: zoom.value, open: openGroups.value }));

const openHere = computed<ReadonlyMap<string, boolean>>(() => {
  const prefix = keyOf("");
  const mine = Object.entries(openGroups.value).filter(([key]) => key.startsWith(prefix));
  return new Map(mine.map(([key, open]) => [key.slice(prefix.length), open]));
});

export const layout = computed(() =>
  network.value === null
    ? null
    : layoutNetwork(network.value, { size: nodeSize.value, open: openHere.value, measure: measureText }),
);

export function setOpen(items: readonly GroupItem[], open: boolean): void {
  const changed = Object.fromEntries(items.map(({ id }) => [keyOf(id), open] as const));
  openGroups.value = { ...openGroups.value, ...changed };
}

export function toggle(item: GroupItem): void {
  setOpen([item], !isOpen(item, openHere.value));
}

export function setAllOpen(open: boolean): void {
  const items = layout.value === null ? [] : allItems(layout.value.level);
  setOpen(
    items.filter((item) => item.kind !== "layer"),
    open,
  );
}

function keyOf(id: string): string {
  return `${network.value?.key ?? ""}:${id}`;
}

const LEAST_ZOOM = 0.1;
const MOST_ZOOM = 4;
const STEP = 1.2;

export function zoomBy(steps: number): void {
  setZoom(zoom.value * STEP ** steps);
}

export function setZoom(value: number): void {
  zoom.value = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, value));
}

/** Counts how often the reader wanted to see all of the diagram: only the page knows how much room there is. */
export const fitRequests = signal(0);
