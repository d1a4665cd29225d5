import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { fitRequests, setZoom, zoom } from "./state";

/** Pixels of a wheel for one step. */
const WHEEL_STEP = 500;

/** Zooms with Ctrl and the wheel; what is under the mouse, else in the middle, stays where it is. */
export function useZoom(frame: { readonly current: HTMLElement | null }, width: number, height: number): void {
  const shown = useRef(zoom.value);
  const anchor = useRef<{ x: number; y: number } | null>(null);
  const fits = useRef(fitRequests.value);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      anchor.current = { x: event.clientX - left, y: event.clientY - top };
      setZoom(zoom.value * Math.exp(-event.deltaY / WHEEL_STEP));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);

  useLayoutEffect(() => {
    const element = frame.current;
    const ratio = zoom.value / shown.current;
    shown.current = zoom.value;
    if (element === null || ratio === 1) return;
    const { x, y } = anchor.current ?? { x: element.clientWidth / 2, y: element.clientHeight / 2 };
    anchor.current = null;
    element.scrollTo((element.scrollLeft + x) * ratio - x, (element.scrollTop + y) * ratio - y);
  }, [zoom.value]);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null || fits.current === fitRequests.value) return;
    fits.current = fitRequests.value;
    setZoom(Math.min(1, element.clientWidth / width, element.clientHeight / height));
  }, [fitRequests.value]);
}
