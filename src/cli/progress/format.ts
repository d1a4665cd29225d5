import { decodeFloat, type EndEvent, type EpochEvent, type Float, type StartEvent, type StepRecord } from "../../protocol";

const GROUPED = new Intl.NumberFormat("en-US");

/** `mlp · 266,610 params · 1,719 steps × 5 epochs · tensorflow 2.21.0 on CPU (…)`. */
export function formatStart({ model, params, steps, epochs, engine, folder, resumedFrom }: StartEvent): string {
  const parts = [
    model,
    `${GROUPED.format(params)} params`,
    `${GROUPED.format(steps)} steps × ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`,
    `${engine.name} ${engine.version} on ${engine.device} (${engine.reason})`,
  ];
  const resumed = resumedFrom && `Resumed in epoch ${resumedFrom.epoch} after step ${GROUPED.format(resumedFrom.step)}`;
  return [parts.join(" · "), folder, ...(resumed === undefined ? [] : [resumed])].join("\n");
}

export function formatEpoch({ epoch, loss, valLoss, metrics, seconds }: EpochEvent, epochs: number): string {
  const validation = valLoss === null ? [] : [["valLoss", valLoss] as const];
  return `Epoch ${epoch}/${epochs} · ${seconds.toFixed(1)} s · ${formatValues([["loss", loss], ...validation, ...Object.entries(metrics)])}`;
}

export function formatStep({ step, loss, metrics, msPerStep }: StepRecord, steps: number): string {
  const left = (msPerStep * (steps - step)) / 1000;
  return `${GROUPED.format(step)}/${GROUPED.format(steps)} · ${msPerStep.toPrecision(3)} ms/step · ${Math.ceil(left)} s left · ${formatValues([["loss", loss], ...Object.entries(metrics)])}`;
}

export function formatEnd({ reason, testLoss, test, best, seconds, error }: EndEvent): string {
  const lines = [`${WORDS[reason]} after ${seconds.toFixed(1)} s`];
  if (best !== null) lines.push(`Best epoch: ${best.epoch} (${best.monitor} ${formatFloat(best.value)})`);
  if (testLoss !== null) lines.push(`Test: ${formatValues([["loss", testLoss], ...Object.entries(test ?? {})])}`);
  if (error !== undefined) lines.push(error);
  return lines.join("\n");
}

const WORDS: Readonly<Record<EndEvent["reason"], string>> = {
  finished: "Finished",
  stopped: "Stopped",
  "early-stopping": "Stopped early: no more improvement",
  failed: "Failed",
};

function formatValues(values: readonly (readonly [string, Float])[]): string {
  return values.map(([name, value]) => `${name} ${formatFloat(value)}`).join(" · ");
}

function formatFloat(value: Float): string {
  const number = decodeFloat(value);
  return Number.isFinite(number) ? number.toPrecision(4) : String(value);
}
