import type { Diagnostic } from "../../protocol";
import type { Finding } from "../evaluation";
import type { Locator, Place } from "./locator";

/** A finding at its place: the argument that it is about, else the faulty layer's call, the failing operation of an own layer, or the statement that threw. */
export function findingDiagnostic(finding: Finding, locator: Locator): Diagnostic {
  const { code, message, severity, layerFrames, frames, argument, word } = finding;
  const call = layerFrames ?? frames;
  const written = word === undefined ? null : locator.wordAt(call, word);
  const place = written ?? (argument === undefined ? null : locator.argumentAt(call, argument));
  return diagnostic(severity, code, message, place ?? placeOfCall(finding, locator) ?? locator.start);
}

function placeOfCall({ code, layerFrames, frames, inOwnLayer }: Finding, locator: Locator): Place | null {
  const isThrown = code === "exception" || code === "unhandled-rejection";
  const raised = locator.callAt(frames);
  const layer = layerFrames === null ? null : locator.callAt(layerFrames);
  return (
    (inOwnLayer ? (raised ?? layer) : (layer ?? raised)) ?? (isThrown && frames.length === 0 ? locator.throwWithoutStack() : null)
  );
}

export function timeoutDiagnostic(timeLimit: number, locator: Locator): Diagnostic {
  return diagnostic(
    "error",
    "evaluation-timeout",
    `The model file did not end within ${timeLimit / 1000} s and was stopped. A loop without an end, or too much work at its top level? It should only declare models; data is read when training starts.`,
    locator.suspectLoop() ?? locator.start,
  );
}

export function crashDiagnostic(reason: string, locator: Locator): Diagnostic {
  return diagnostic(
    "error",
    "evaluation-crashed",
    `The model file could not be evaluated: ${reason}. If nothing else explains it, look for very large dimensions and arrays.`,
    locator.start,
  );
}

export function noModelDiagnostic(locator: Locator): Diagnostic {
  return diagnostic(
    "error",
    "no-model",
    `There is no model in this file. Make one with sequential({ inputShape }, [layers…]) or model({ inputs, outputs }), imported from "layerwise".`,
    locator.start,
  );
}

function diagnostic(severity: Diagnostic["severity"], code: string, message: string, place: Place): Diagnostic {
  return { severity, code, message, ...place, fixes: [] };
}
