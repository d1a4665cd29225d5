import * as z from "zod/mini";
import { ModelSummary } from "./analysis";
import { ImageFormat, Network } from "./network";
import { DiagnosisEvent, EndEvent, EngineDescription, EpochEvent, Float, StepRecord } from "./training";

/** One run in the monitor's list. */
export const RunListItem = z.object({
  run: z.string(),
  model: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  state: z.enum(["queued", "starting", "training", "finished", "stopped", "early-stopping", "failed"]),
  /** The figure shown beside the name: the best or last validation (else training) metric, else the loss. */
  headline: z.nullable(z.object({ name: z.string(), value: Float })),
});
export type RunListItem = z.infer<typeof RunListItem>;

/** How many step records a {@link RunHistory} keeps. */
const MOST_STEP_RECORDS = 2_000;

/** At most 2,000 records: of more, about a thousand stay, evenly spaced over the training, the first and the newest among them. */
export function thinStepRecords(records: readonly StepRecord[]): StepRecord[] {
  if (records.length <= MOST_STEP_RECORDS) return [...records];
  const stepsPerEpoch = records.reduce((most, { step }) => Math.max(most, step), 0);
  const positions = records.map(({ epoch, step }) => epoch * stepsPerEpoch + step);
  const spacing = ((positions.at(-1) ?? 0) - (positions[0] ?? 0)) / (MOST_STEP_RECORDS / 2);
  let next = Number.NEGATIVE_INFINITY;
  return records.filter((_, index) => {
    const position = positions[index] ?? 0;
    if (position < next && index < records.length - 1) return false;
    next = position + spacing;
    return true;
  });
}

/** Everything known of one run: enough to draw the monitor anew. */
export const RunHistory = z.object({
  run: z.string(),
  model: z.string(),
  /** The model file's path, relative to its workspace folder, for display. */
  file: z.string(),
  state: RunListItem.shape.state,
  params: z.nullable(z.number()),
  engine: z.nullable(EngineDescription),
  /** Steps per epoch; null before the run has started. */
  steps: z.nullable(z.number()),
  epochs: z.nullable(z.number()),
  /** As {@link thinStepRecords} leaves them. */
  stepRecords: z.array(StepRecord),
  epochEvents: z.array(EpochEvent),
  diagnoses: z.array(DiagnosisEvent),
  end: z.nullable(EndEvent),
  /** The network as it was when the run began; null if unknown. */
  network: z.nullable(ModelSummary),
});
export type RunHistory = z.infer<typeof RunHistory>;

/** A run as the page gets it: its network, and what that says about numbers, go by themselves ({@link Network}). */
export const ShownRun = z.omit(RunHistory, { network: true, params: true });
export type ShownRun = z.infer<typeof ShownRun>;

/** Whether a run that has ended can go on: it was stopped, failed or was killed, and had begun. */
export function isResumable({ state, steps }: Pick<RunHistory, "state" | "steps">): boolean {
  return steps !== null && (state === "stopped" || state === "failed");
}

/** Extension host → webview. */
export const MonitorMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("runs"), runs: z.array(RunListItem) }),
  /** Replaces all that is shown; `history` null: no run yet. */
  z.object({
    type: z.literal("show"),
    history: z.nullable(ShownRun),
    /** The run's as it was when it began, else the editor's. */
    network: z.nullable(Network),
    /** The name of the file that is to be drawn, where it is not there any more. */
    missing: z.optional(z.string()),
    /** The models among which the diagram's reader can choose, by key. */
    models: z.array(z.string()),
    view: z.enum(["training", "diagram"]),
  }),
  /** Goes on from the last `show` of the same run. */
  z.object({
    type: z.literal("progress"),
    run: z.string(),
    state: RunListItem.shape.state,
    stepRecords: z.array(StepRecord),
    epochEvents: z.array(EpochEvent),
    diagnoses: z.array(DiagnosisEvent),
    end: z.nullable(EndEvent),
  }),
  /** The layers made by the call that the cursor is in, by name: several where it stands in a loop. */
  z.object({ type: z.literal("select"), layers: z.array(z.string()) }),
  /** Asks for the diagram as it is drawn. */
  z.object({ type: z.literal("export"), format: ImageFormat }),
]);
export type MonitorMessage = z.infer<typeof MonitorMessage>;

/** Webview → extension host. */
export const MonitorRequest = z.discriminatedUnion("type", [
  /** The page has loaded and wants `runs` and `show`. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("showRun"), run: z.string() }),
  z.object({ type: z.literal("stop"), run: z.string() }),
  z.object({ type: z.literal("resume"), run: z.string() }),
  z.object({ type: z.literal("train") }),
  /** Shows the source line of a layer; `focus`: and goes there. */
  z.object({ type: z.literal("reveal"), file: z.string(), line: z.number(), column: z.number(), focus: z.boolean() }),
  /** Draws another model of the file. */
  z.object({ type: z.literal("showModel"), key: z.string() }),
  /** The diagram as a file's contents: XML, or a PNG's bytes in base64. */
  z.object({ type: z.literal("save"), format: ImageFormat, model: z.string(), content: z.string() }),
  /** Why the diagram could not be exported. */
  z.object({ type: z.literal("exportFailed"), reason: z.string() }),
]);
export type MonitorRequest = z.infer<typeof MonitorRequest>;
