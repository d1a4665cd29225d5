import type { DataSet } from "../../dsl/data";
import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import { nearestName } from "../../nn/lookup";
import { Sequential } from "../../nn/sequential";
import { scriptFrames } from "../bundle/script";
import type { Finding, Frame, Proposal } from "../evaluation";
import { contained } from "./faults";
import { layerFrames } from "./frames";
import { modelFrames } from "./stackTraces";
import { errorArgument, errorCode, errorModel, framesOfError } from "./modelErrors";
import { correcting } from "./rules/callForms";
import { subclassedModels } from "./ownModels";
import { proposalsFor, proposalsForInputShape } from "./rules/errorProposals";
import { adviceOnBatch, leavingOutBatch } from "./rules/leadingBatch";
import { tolerantDsl } from "./tolerantDsl";
import { meantBy } from "./tolerantModule";
import { refusedCalls, UnavailableError } from "./unavailable";

/** nn's own functions through which a layer is called on a symbolic tensor. Frames inside of them belong to the layer. */
const LAYER_CALL = /\b(callSymbolically|outputShapes|ensureBuilt)\b/;

/** What a tolerant evaluation noted, and models that cannot be counted. */
export function collectErrors(): Finding[] {
  const { errors, models } = declarations();
  // Once the call has the right form there is a place for a shape.
  const misformed = new Set(errors.filter(({ mistake }) => mistake?.kind === "arguments").map(({ layer }) => layer));
  const unbuilt = models
    .filter((model) => model instanceof Sequential)
    .filter((model) => model.inputs.length === 0 && !misformed.has(model));
  return [...errors.map(describeModelError), ...subclassedModels(), ...unbuilt.map(missingInputShape)];
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
  const advice = adviceOn(message);
  const unfinished = { code, message: what + message + advice, ...place };
  const method = thrown instanceof TypeError ? (/\.(\w+) is not a function$/.exec(thrown.message)?.[1] ?? "") : "";
  if ((DATA_METHODS as readonly string[]).includes(method)) {
    const called = `. Data sets have it, and a data set is what its function returns: fashionMnist().${method}(…).`;
    return { ...unfinished, message: unfinished.message + called, word: method };
  }
  const nearest = method === "" || advice !== "" ? undefined : nearestName(method, DATA_METHODS);
  if (nearest !== undefined) {
    const proposals = [respelling(method, nearest, place.frames)];
    return { ...unfinished, message: `${unfinished.message}. Did you mean ${nearest}?`, word: method, proposals };
  }
  const [, word] = (thrown instanceof ReferenceError && /^(\w+) is not defined$/.exec(thrown.message)) || [];
  if (word === undefined) return unfinished;
  const meant = meantBy(word, tolerantDsl)?.text;
  if (meant === undefined) return { ...unfinished, word };
  const proposals = correcting({ kind: "name", written: word, meant }, place.frames);
  return { ...unfinished, message: `${unfinished.message}. Did you mean ${meant}?`, word, proposals };
}

/** The methods that a model file calls. */
const DATA_METHODS = ["split", "standardize", "scale", "oneHot", "shuffle", "take"] satisfies readonly (keyof DataSet)[];

/** Keras's models have methods for what is declared or shown here; a Python class is called to make an object. */
function adviceOn(message: string): string {
  const [, ownClass] = /Class constructor (\w+) cannot be invoked without 'new'/.exec(message) ?? [];
  if (ownClass !== undefined)
    return `. A layer's class gets its factory by layer(${ownClass}): const make = layer(${ownClass}); make(…) is a layer.`;
  const method = /\.(\w+) is not a function/.exec(message)?.[1] ?? "";
  if (/^(compile|fit|fitDataset|evaluate|predict)$/.test(method))
    return ". How a model is trained is declared: export default train(model, { data, optimizer, loss }); ▶ Train model then trains it.";
  if (/^(summary|countParams|count_params|getConfig|get_config)$/.test(method))
    return ". A model's shapes and parameters stand beside its code; the command line prints Keras's table: layerwise summary FILE.";
  return "";
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
    message: readable(error.message) + adviceOnBatch(error),
    severity: "error",
    layerFrames: layer === undefined ? null : layerFrames(layer),
    frames: modelFrames(source),
    inOwnLayer: innermost !== undefined && innermost.depth < callDepth,
    ...(argument === undefined ? {} : { argument }),
    ...(error.misspelling === undefined ? {} : { word: error.misspelling.written }),
    ...(model < 0 ? {} : { model }),
    proposals: contained("fixes", () => [...leavingOutBatch(error), ...proposalsFor(error), ...respellings(error)]) ?? [],
  };
}

function respellings(error: ModelError): Proposal[] {
  const { misspelling } = error;
  if (misspelling?.nearest === undefined) return [];
  const frames = framesOfError(error);
  return [respelling(misspelling.written, misspelling.nearest, frames)];
}

function respelling(word: string, text: string, frames: Frame[]): Proposal {
  return { title: `Change ${word} to ${text}`, edits: [{ kind: "respell", frames, word, text }], safe: true };
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
