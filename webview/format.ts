import { decodeFloat, type Float } from "../src/protocol/training";
import { formatCount } from "../src/format/numbers";

const GROUPED = new Intl.NumberFormat("en-US");

/** Four significant digits at most: `0.4481`, `12.3`, `1.2e-7`, `NaN`. */
export function formatValue(value: Float): string {
  const number = decodeFloat(value);
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
  if (number === 0) return "0";
  const magnitude = Math.abs(number);
  if (magnitude >= 1e6 || magnitude < 1e-4) return number.toExponential(2);
  if (magnitude >= 1000) return GROUPED.format(Math.round(number));
  return Number(number.toPrecision(4)).toString();
}

/** Milliseconds a step: `4.31`, `12`, `1,204`. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 10
    ? milliseconds.toFixed(2)
    : milliseconds < 100
      ? milliseconds.toFixed(1)
      : formatCount(Math.round(milliseconds));
}

/** `12 s`, `3 min 20 s`, `2 h 5 min` */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole.toString()} s`;
  if (whole < 3600) return `${Math.floor(whole / 60).toString()} min ${(whole % 60).toString()} s`;
  return `${Math.floor(whole / 3600).toString()} h ${Math.floor((whole % 3600) / 60).toString()} min`;
}

/** `valAccuracy` → `accuracy`; `loss` and `valLoss` belong together. */
export function baseMetricName(name: string): string {
  if (!/^val[A-Z]/.test(name)) return name;
  return name.charAt(3).toLowerCase() + name.slice(4);
}

/** `sparseCategoricalAccuracy` → `sparse categorical accuracy` */
export function readableName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
