import { formatCount } from "../../format";
import type { ModelTotals } from "../../protocol";

/** What an edit has changed in a model since it was saved. */
export interface Impact {
  readonly params: number;
  readonly flops: number;
}

/** Undefined where nothing has changed, or something is not known. */
export function impactOf(now: ModelTotals, saved: ModelTotals | undefined): Impact | undefined {
  if (saved === undefined || now.params === null || saved.params === null || now.flops === null || saved.flops === null)
    return undefined;
  const impact = { params: now.params - saved.params, flops: now.flops - saved.flops };
  return impact.params === 0 && impact.flops === 0 ? undefined : impact;
}

/** `+15,550`, `−15,550`, `±0`. */
export function formatChange(change: number): string {
  return `${change > 0 ? "+" : change < 0 ? "−" : "±"}${formatCount(Math.abs(change))}`;
}

/** `1.9 s per epoch`, `2 min 5 s per epoch`. */
export function formatEpochTime(seconds: number): string {
  if (seconds < 100) return `${Number(seconds.toPrecision(2))} s per epoch`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s per epoch`;
}
