import { ModelError } from "./errors";
import type { Layer, LayerOptions } from "./layer";
import { SymbolicTensor } from "./symbolic";

const LONGEST_LIST_SHOWN = 8;

/** A value as an error message shows it. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return isLayer(value) ? `a layer (${value.className})` : "a function";
  if (value instanceof SymbolicTensor) return `the output of ${value.name}`;
  if (Array.isArray(value))
    return value.length > LONGEST_LIST_SHOWN ? `a list of ${value.length}` : `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** A text, a number, a truth value, null or a list of them as a file writes it; undefined where only the file itself can tell. */
export function written(value: unknown): string | undefined {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(written);
  return texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function inSentence(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${String(names.at(-1))}`;
}

/** By its shape: `Layer` itself imports this file. */
function isLayer(value: object): value is { readonly className: string } {
  return "className" in value && "inboundNodes" in value;
}

/** Whether a value is an object as `{ … }` makes it, as options are. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a value is an object with such a method. */
export function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is Readonly<Record<Name, (...parameters: never) => unknown>> {
  return typeof value === "object" && value !== null && typeof (value as Readonly<Record<string, unknown>>)[name] === "function";
}

/** A main argument that may be left out: `maxPooling2D({ strides: 1 })` is `maxPooling2D(undefined, { strides: 1 })`. */
export function mainAndOptions<Element, Options extends LayerOptions>(
  main: number | readonly Element[] | Options | undefined,
  options: Options | undefined,
): { main: number | readonly Element[] | undefined; options: Options | undefined } {
  return isOptions(main) ? { main: undefined, options: main } : { main, options };
}

function isOptions<Options extends LayerOptions>(main: number | readonly unknown[] | Options | undefined): main is Options {
  return typeof main === "object" && !Array.isArray(main);
}

/** `form` is the call as the learner writes it, e.g. `layers.dense(units)`; `expected` completes "takes …". */
export function invalidArgument(layer: Layer, form: string, expected: string, received: unknown): ModelError {
  const argument = argumentOf(form);
  const error = new ModelError("invalid-argument", `${form} takes ${expected}; received ${show(received)}.`, layer);
  error.argument = argument;
  return error;
}

/** The last word: `units` of `layers.dense(units)`, `padding` of `conv2d: padding`. */
function argumentOf(form: string): string | undefined {
  return /(\w+)\W*$/.exec(form)?.[1];
}

export function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** @throws ModelError unless `value` is 1, 2, 3, … */
export function positiveInteger(layer: Layer, form: string, value: unknown): number {
  if (!isPositiveInteger(value)) throw invalidArgument(layer, form, "a positive whole number", value);
  return value;
}

/** @throws ModelError unless `value` is a finite number of at least `minimum`. */
export function numberFrom(layer: Layer, form: string, value: unknown, minimum: number): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < minimum) {
    throw invalidArgument(layer, form, `a number of at least ${minimum}`, value);
  }
  return value;
}

/** A share: 0 ≤ value < 1. */
export function rateBelowOne(layer: Layer, form: string, value: unknown): number {
  if (typeof value !== "number" || !(value >= 0 && value < 1)) {
    throw invalidArgument(layer, form, "a number from 0 up to, but not including, 1", value);
  }
  return value;
}

/** @throws ModelError unless `value` is one of `choices`. */
export function oneOf<T extends string>(layer: Layer, form: string, value: unknown, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw invalidArgument(layer, form, choices.map(show).join(" or "), value);
  return choice;
}
