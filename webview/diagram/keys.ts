import type { Layout, PlacedItem } from "./layout";
import { type Direction, navigate } from "./navigate";
import { setZoom, toggle, zoomBy } from "./state";

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowDown: "consumer",
  ArrowUp: "producer",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

export const KEY_HELP =
  "Arrow keys go along the edges and to layers side by side, Home and End to the first and last. Space opens and closes a group. Enter goes to the source line. Plus, minus and 0 zoom.";

/** What the diagram's keys do. @returns whether the key is one of them. */
export function diagramKey(
  { key, ctrlKey, altKey, metaKey }: KeyboardEvent,
  layout: Layout,
  current: PlacedItem,
  actions: { go: (id: string) => void; reveal: (placed: PlacedItem) => void },
): boolean {
  // With them keys are the editor's.
  if (ctrlKey || altKey || metaKey) return false;
  const direction = DIRECTIONS[key];
  if (direction !== undefined) {
    const next = navigate(layout, current.item.id, direction);
    if (next !== undefined) actions.go(next);
    return true;
  }
  switch (key) {
    case "Enter":
      actions.reveal(current);
      return true;
    case " ":
      if (current.item.kind !== "layer") toggle(current.item);
      return true;
    case "+":
    case "=":
      zoomBy(1);
      return true;
    case "-":
      zoomBy(-1);
      return true;
    case "0":
      setZoom(1);
      return true;
    default:
      return false;
  }
}
