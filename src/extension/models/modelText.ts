import { formatCount, formatShapes, UNKNOWN } from "../../format";
import type { ModelSummary, ModelTotals } from "../../protocol";
import { formatChange, formatEpochTime, impactOf } from "./impact";

export interface ModelTextOptions {
  /** The totals of the version that was saved last. */
  readonly saved: ModelTotals | undefined;
  /** How many numbers the learner has still to predict, and of how many. */
  readonly predicted: { readonly open: number; readonly all: number };
  /** Of one epoch, predicted from a run on this machine. */
  readonly seconds: number | undefined;
}

/** What stands above a model: its size and shapes, and, while it is edited, what the edits change. */
export function modelTitle({ totals, inputShape, outputShape }: ModelSummary, options: ModelTextOptions): string {
  const { saved, predicted, seconds } = options;
  const shapes = `${formatShapes(inputShape)} → ${formatShapes(outputShape)}`;
  if (predicted.open > 0)
    return `${UNKNOWN} params · ${shapes} · ${predicted.all - predicted.open} of ${predicted.all} predicted`;
  const impact = impactOf(totals, saved);
  const params = `${formatCount(totals.params)} params`;
  if (impact === undefined) return `${params} · ${shapes}`;
  const time = seconds === undefined ? [] : [`about ${formatEpochTime(seconds)}`];
  return [`${params} (${formatChange(impact.params)})`, shapes, `FLOPs ${formatChange(impact.flops)}`, ...time].join(" · ");
}
