import { holds } from "./level";
import type { Layout, PlacedItem } from "./layout";

export type Direction = "consumer" | "producer" | "left" | "right" | "first" | "last";

/** Where a key leads from a node; undefined where there is nothing. A group's head comes before what stands in it, what follows the group after it. */
export function navigate(layout: Layout, from: string, direction: Direction): string | undefined {
  const { items } = layout;
  const current = items.find(({ item }) => item.id === from);
  if (direction === "first" || current === undefined) return items[0]?.item.id;
  switch (direction) {
    case "last":
      return items.at(-1)?.item.id;
    case "consumer":
      return consumer(layout, current);
    case "producer":
      return producer(layout, current);
    case "left":
      return beside(layout, current, -1);
    case "right":
      return beside(layout, current, 1);
  }
}

function consumer(layout: Layout, current: PlacedItem): string | undefined {
  const inside = current.open ? contentOf(layout, current)[0] : undefined;
  if (inside !== undefined) return inside.item.id;
  for (let at: PlacedItem | undefined = current; at !== undefined; at = around(layout, at)) {
    const { id } = at.item;
    const next = nearest(
      layout,
      at,
      layout.edges.filter((edge) => edge.from === id).map(({ to }) => to),
    );
    if (next !== undefined) return next.item.id;
  }
  return undefined;
}

function producer(layout: Layout, current: PlacedItem): string | undefined {
  const { id } = current.item;
  const before = nearest(
    layout,
    current,
    layout.edges.filter((edge) => edge.to === id).map(({ from }) => from),
  );
  return (before === undefined ? around(layout, current) : lastWithin(layout, before))?.item.id;
}

/** Of an opened group what stands in it last, else the item itself. */
function lastWithin(layout: Layout, placed: PlacedItem): PlacedItem {
  const last = placed.open ? contentOf(layout, placed).at(-1) : undefined;
  return last === undefined ? placed : lastWithin(layout, last);
}

/** Its neighbour in the row; where there is none, what is read before or after it. */
function beside({ items }: Layout, current: PlacedItem, step: number): string | undefined {
  const row = items.filter((other) => other.row === current.row && other.path.at(-1) === current.path.at(-1));
  return (row[row.indexOf(current) + step] ?? items[items.indexOf(current) + step])?.item.id;
}

/** The group that an item stands in. */
function around({ items }: Layout, { path }: PlacedItem): PlacedItem | undefined {
  return items.find(({ item }) => item.id === path.at(-1));
}

function contentOf({ items }: Layout, { item, path }: PlacedItem): PlacedItem[] {
  return items.filter((inner) => inner.path.length === path.length + 1 && inner.path.at(-1) === item.id);
}

/** By rows, so that no layer beside a skip connection is skipped too; then by columns. */
function nearest(
  { items }: Layout,
  { left, width, row }: PlacedItem,
  ids: readonly (string | undefined)[],
): PlacedItem | undefined {
  const rows = (other: PlacedItem): number => Math.abs(other.row - row);
  const distance = (other: PlacedItem): number => Math.abs(other.left + other.width / 2 - left - width / 2);
  return items.filter(({ item }) => ids.includes(item.id)).sort((a, b) => rows(a) - rows(b) || distance(a) - distance(b))[0];
}

/** The node that shows a layer: its own, else the innermost closed group that holds it. */
export function nodeOf({ items }: Layout, layer: string): PlacedItem | undefined {
  return items.findLast(({ item, open }) =>
    open && item.kind === "repetition" ? false : open ? item.layer.name === layer : holds(item, layer),
  );
}
