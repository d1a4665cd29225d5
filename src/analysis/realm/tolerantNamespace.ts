import { resolveActivation } from "../../nn/activations";
import { show } from "../../nn/arguments";
import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import { likelyName } from "../../nn/lookup";
import { scriptFrames } from "../bundle/script";
import { modelFrames } from "./stackTraces";
import { activationCalled, noteUnknownName } from "./unknownNames";

export type Factory = (...options: readonly unknown[]) => unknown;
export type Namespace = Readonly<Record<string, unknown>>;

/**
 * A namespace of factories while a file is being written: a name that does not exist stands for the nearest that does, and a call that is
 * refused makes what it makes by default, so that models and plans stand. Both are reported.
 *
 * @param standIn What stands where there is nothing near, and no default.
 */
export function tolerantNamespace(path: string, namespace: Namespace, standIn?: () => unknown): Namespace {
  const made = new Map<string, unknown>();
  const factoryCalled = (name: string): unknown => {
    const value = namespace[name];
    if (typeof value !== "function") return value;
    if (!made.has(name)) made.set(name, tolerantFactory(`${path}.${name}`, value as Factory, standIn));
    return made.get(name);
  };
  return new Proxy(namespace, {
    get: (_target, name) => {
      if (typeof name === "symbol") return undefined;
      if (Object.hasOwn(namespace, name)) return factoryCalled(name);
      if (name in Object.prototype) return Reflect.get(Object.prototype, name) as unknown;
      // Layerwise itself looks at a namespace that stands where a value belongs.
      const [caller] = scriptFrames(new Error().stack ?? "");
      if (caller?.depth !== 1) return undefined;
      if (path === "activations") {
        const activation = activationCalled(name);
        if (activation !== undefined) return plainActivation(name, activation);
      }
      const names = Object.keys(namespace);
      const nearest = likelyName(name, names);
      const suggestion = nearest === undefined ? `Known: ${[...names].sort().join(", ")}.` : `Did you mean ${path}.${nearest}?`;
      noteUnknownName(`There is no ${path}.${name}. ${ELSEWHERE[`${path}.${name}`] ?? suggestion}`, name, nearest);
      return nearest === undefined ? () => standIn?.() : factoryCalled(nearest);
    },
  });
}

/** What another library has as a callback, and a run does by itself. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "callbacks.csvLogger": "Each run writes its history.csv without one.",
  "callbacks.CSVLogger": "Each run writes its history.csv without one.",
  "callbacks.history": "Each run writes its history.csv without one.",
  "callbacks.History": "Each run writes its history.csv without one.",
};

/** An activation without parameters is a name here, and a function in other libraries. */
function plainActivation(written: string, name: string): unknown {
  const text = JSON.stringify(name);
  const message = `There is no activations.${written}. An activation without parameters is given by its name: activation: ${text}.`;
  noteUnknownName(message, written, undefined).mistake = { kind: "member", written, meant: text };
  const activation = resolveActivation(name as Parameters<typeof resolveActivation>[0]);
  return Object.defineProperties((x: never) => activation.apply(x), {
    name: { value: name },
    apply: { value: (x: never) => activation.apply(x) },
    formula: { value: activation.formula },
  });
}

function tolerantFactory(path: string, factory: Factory, standIn: (() => unknown) | undefined): Factory {
  const tolerant: Factory = (...options) => {
    try {
      return factory(...options);
    } catch (error) {
      declarations().errors.push(refusal(path, options, error));
      return byDefault(factory) ?? standIn?.();
    }
  };
  // What is named and not called is spoken of by its name.
  return Object.defineProperty(tolerant, "name", { value: factory.name });
}

/** @throws what arose in the model's own code. */
function refusal(path: string, received: readonly unknown[], error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  if (!(error instanceof TypeError)) throw error;
  const call = new ModelError("invalid-argument", `${path} does not take ${received.map(show).join(", ")}: ${error.message}.`);
  if (modelFrames(error).length > modelFrames(call).length) throw error;
  return call;
}

/** Undefined where something must be given. */
function byDefault(factory: Factory): unknown {
  try {
    return factory();
  } catch {
    return undefined;
  }
}
