import type { ModelError } from "../../nn/errors";
import { capitalize } from "../../nn/naming";
import { tolerantDsl } from "./tolerantDsl";
import type { Meant } from "./tolerantModule";
import type { Factory, Namespace } from "./tolerantNamespace";
import { noteUnknownName } from "./unknownNames";

/** What Python writes otherwise. */
const PYTHON: Readonly<Record<string, Meant>> = {
  True: { text: "true", value: true },
  False: { text: "false", value: false },
  None: { text: "undefined", value: undefined },
};

/**
 * Names that a model file uses without having them: Python's words, and what the library has under `layers` or would have to be imported. Each
 * stands for what is meant, and is reported where it is used.
 */
export function installBareNames(): void {
  for (const [name, meant] of Object.entries(PYTHON)) install(name, meant, `${name} is Python's. Write ${meant.text}.`);
  for (const [name, value] of Object.entries(tolerantDsl)) {
    if (typeof value === "function" || typeof value === "object") {
      const importing = `Write import { ${name} } from "layerwise";`;
      install(name, { text: name, value }, `${name} is not imported. ${importing}`);
    }
  }
  const layers = tolerantDsl["layers"] as Namespace;
  for (const name of Object.keys(layers)) {
    const meant: Meant = { text: `layers.${name}`, value: layers[name] };
    for (const written of spellings(name)) install(written, meant, suggestion(written, meant));
  }
  for (const namespace of ["optimizers", "losses", "callbacks"]) {
    const members = tolerantDsl[namespace] as Namespace;
    for (const name of Object.keys(members)) {
      const meant: Meant = { text: `${namespace}.${name}`, value: members[name] };
      const written = CLASSES[name] ?? capitalize(name);
      install(written, meant, suggestion(written, meant));
    }
  }
  for (const name of ["sequential", "input"]) {
    const meant: Meant = { text: name, value: tolerantDsl[name] };
    install(capitalize(name), meant, suggestion(capitalize(name), meant));
  }
}

/** Keras's names of classes that are not the factory's with a capital. */
const CLASSES: Readonly<Record<string, string>> = { sgd: "SGD", rmsprop: "RMSprop" };

function suggestion(written: string, { text }: Meant): string {
  return `There is no ${written} in this file. Did you mean ${text}?`;
}

/** `conv2d` as in Keras: `Conv2D`; short names are written in capitals there. */
function spellings(layer: string): string[] {
  return [layer, capitalize(layer).replace(/(\d)d/, "$1D"), layer.toUpperCase()];
}

function install(name: string, { text, value }: Meant, message: string): void {
  if (Object.hasOwn(globalThis, name)) return;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get: () => {
      const error = noteUnknownName(message, name, undefined);
      error.mistake = { kind: "name", written: name, meant: text };
      return isFactory(value, text) ? located(value, error) : value;
    },
    set: (own: unknown) => {
      Object.defineProperty(globalThis, name, { value: own, writable: true, configurable: true, enumerable: true });
    },
  });
}

function isFactory(value: unknown, text: string): value is Factory {
  return typeof value === "function" && /(^|\.)[a-z]\w*$/.test(text);
}

/** V8 tells of a call where it stands, of a name that is read only roughly. */
function located(factory: Factory, error: ModelError): Factory {
  const call: Factory = (...options) => {
    error.origin ??= new Error("origin");
    return factory(...options);
  };
  return Object.defineProperty(call, "name", { value: factory.name });
}
