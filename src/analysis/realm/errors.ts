import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import { Sequential } from "../../nn/sequential";
import { scriptFrames } from "../bundle/script";
import type { Finding, Proposal } from "../evaluation";
import { correctionsOf } from "./corrections";
import { layerFrames } from "./frames";
import { modelFrames } from "./stackTraces";
import { errorArgument, errorCode, errorModel } from "./modelErrors";
import { proposalsFor, proposalsForInputShape } from "./rules/errorProposals";
import { refusedCalls, UnavailableError } from "./unavailable";

/** nn's own functions through which a layer is called on a symbolic tensor. Frames inside of them belong to the layer. */
const LAYER_CALL = /\b(callSymbolically|outputShapes|ensureBuilt)\b/;

/** What a tolerant evaluation noted, and models that cannot be counted. */
export function collectErrors(): Finding[] {
  const { errors, models } = declarations();
  const unbuilt = models.filter((model) => model instanceof Sequential).filter(({ inputs }) => inputs.length === 0);
  return [...errors.map(describeModelError), ...unbuilt.map(missingInputShape)];
}

/** Null where the cause has its diagnostic already. Never throws, whatever was thrown: a proxy or a getter may throw when it is looked at. */
export function describeThrown(thrown: unknown, code: string): Finding | null {
  try {
    return describeInspected(thrown, code);
  } catch {
    const message =
      "The model file threw a value that throws itself when it is looked at. Throw an Error, whose place can be shown.";
    return { code, message, severity: "error", layerFrames: null, frames: [], inOwnLayer: false };
  }
}

/** Refused calls whose error the model file caught: they are refused all the same. */
export function swallowedCalls(known: readonly Finding[]): Finding[] {
  const messages = new Set(known.map(({ message }) => message));
  return refusedCalls()
    .flatMap((error) => describeThrown(error, error.code) ?? [])
    .filter(({ message }) => !messages.has(message))
    .map((finding) => ({ ...finding, severity: "warning" }));
}

function describeInspected(thrown: unknown, code: string): Finding | null {
  if (thrown instanceof UnavailableError && thrown.code === "missing-module") return null;
  if (thrown instanceof ModelError) return declarations().errors.includes(thrown) ? null : describeModelError(thrown);
  const place = {
    severity: "error",
    layerFrames: null,
    frames: thrown instanceof Error ? modelFrames(thrown) : [],
    inOwnLayer: false,
  } as const;
  if (thrown instanceof UnavailableError) return { code: thrown.code, message: thrown.message, ...place };
  if (thrown instanceof RangeError && thrown.message.startsWith("Maximum call stack")) {
    return {
      code: "stack-overflow",
      message:
        "The model file calls itself without end: a function's calls are nested too deeply. Give the recursion an end, or use a loop.",
      ...place,
    };
  }
  const what = code === "unhandled-rejection" ? "A promise was rejected and nobody handled it: " : "The model file threw ";
  const message = describeValue(thrown);
  return { code, message: what + message + adviceOn(message), ...place };
}

/** Keras's models are trained by their methods, Layerwise's by a plan. */
function adviceOn(message: string): string {
  const isTraining = /\.(compile|fit|fitDataset|evaluate|predict) is not a function/.test(message);
  return isTraining
    ? ". How a model is trained is declared: export default train(model, { data, optimizer, loss }); ▶ Train model then trains it."
    : "";
}

function describeModelError(error: ModelError): Finding {
  const { layer, origin, cause } = error;
  const source = origin ?? (cause instanceof Error ? cause : error);
  const [innermost] = scriptFrames(source.stack ?? "");
  const callDepth = (source.stack ?? "")
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .findIndex((line) => LAYER_CALL.test(line));
  const argument = errorArgument(error);
  const model = errorModel(error);
  return {
    code: errorCode(error),
    message: readable(error.message),
    severity: "error",
    layerFrames: layer === undefined ? null : layerFrames(layer),
    frames: modelFrames(source),
    inOwnLayer: innermost !== undefined && innermost.depth < callDepth,
    ...(argument === undefined ? {} : { argument }),
    ...(error.misspelling === undefined ? {} : { word: error.misspelling.written }),
    ...(model < 0 ? {} : { model }),
    proposals: [...proposalsFor(error), ...respellings(error), ...correctionsOf(error)],
  };
}

function respellings({ misspelling, layer, origin }: ModelError): Proposal[] {
  const frames = layer === undefined ? origin && modelFrames(origin) : layerFrames(layer);
  if (misspelling?.nearest === undefined || frames === undefined) return [];
  const { written: word, nearest: text } = misspelling;
  return [{ title: `Change ${word} to ${text}`, edits: [{ kind: "respell", frames, word, text }], safe: true }];
}

function missingInputShape(model: Sequential): Finding {
  return {
    code: "missing-input-shape",
    message: `${model.name} has no input shape, so its parameters cannot be counted before data arrives. Write sequential({ inputShape: [28, 28] }, …) with the shape of one sample, or give its first layer an inputShape.`,
    severity: "warning",
    layerFrames: layerFrames(model),
    frames: [],
    inOwnLayer: false,
    model: declarations().models.indexOf(model),
    proposals: proposalsForInputShape(model),
  };
}

/** Never throws, whatever was thrown. */
function describeValue(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return readable(`${thrown.name}: ${thrown.message}`);
    if (typeof thrown === "string") return `the string ${JSON.stringify(thrown)}. Throw an Error, whose place can be shown.`;
    return `${String(thrown)} (${typeof thrown}). Throw an Error, whose place can be shown.`;
  } catch {
    return `a value that cannot be described (${typeof thrown}).`;
  }
}

/** Undoes what the bundler makes of imported names: `(0 , import_layerwise.model)` was `model`. */
function readable(message: string): string {
  return message.replace(/\(0 , ([\w$.]+)\)/g, "$1").replace(/\bimport_[\w$]+\.(?=[\w$])/g, "");
}
