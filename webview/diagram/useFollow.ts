import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { PlacedItem } from "./layout";

/** Brings what is selected into view; the focus, where it is in the diagram, goes with the node that has it. */
export function useFollow(
  frame: { readonly current: HTMLElement | null },
  current: PlacedItem | undefined,
  selected: ReadonlySet<string>,
): void {
  const inside = useRef(false);
  const id = current?.item.id;
  const chosen = [...selected].join("\n");
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const track = (event: FocusEvent): void => {
      inside.current = event.type === "focusin";
    };
    element.addEventListener("focusin", track);
    element.addEventListener("focusout", track);
    return () => {
      element.removeEventListener("focusin", track);
      element.removeEventListener("focusout", track);
    };
  }, []);
  useLayoutEffect(() => {
    const node = nodeElement(frame.current, id);
    if (node === undefined || !inside.current || document.activeElement === node) return;
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [id]);
  useLayoutEffect(() => {
    if (id === undefined || !selected.has(id)) return;
    nodeElement(frame.current, id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
}

function nodeElement(frame: HTMLElement | null, id: string | undefined): SVGElement | undefined {
  return [...(frame?.querySelectorAll<SVGElement>(".node") ?? [])].find((node) => node.dataset["id"] === id);
}
