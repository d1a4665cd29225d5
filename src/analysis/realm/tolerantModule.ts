import { ModelError } from "../../nn/errors";
import { isSameName, likelyName } from "../../nn/lookup";
import { likelyLayer } from "./layerHabits";
import { NAMESPACES } from "./tolerantDsl";
import type { Namespace } from "./tolerantNamespace";
import { isAskedByRuntime } from "./unavailable";
import { noteUnknownName } from "./unknownNames";

/** What a name that does not exist most likely means. */
export interface Meant {
  /** As it is written in a model file: `sequential`, `layers.dense`. */
  readonly text: string;
  readonly value: unknown;
}

/** What is meant by a name that `layerwise` does not export: `Sequential`, `Dense`, `EarlyStopping`. */
export function meantBy(written: string, exports: Namespace): Meant | undefined {
  const names = Object.keys(exports);
  const same = names.find((name) => isSameName(name, written));
  if (same !== undefined) return { text: same, value: exports[same] };
  return memberCalled(written, exports) ?? near(likelyName(written, names), exports) ?? layerCalled(written, exports);
}

function near(name: string | undefined, exports: Namespace): Meant | undefined {
  return name === undefined ? undefined : { text: name, value: exports[name] };
}

function memberCalled(written: string, exports: Namespace): Meant | undefined {
  for (const namespace of NAMESPACES) {
    const members = (exports[namespace] ?? {}) as Namespace;
    const member = Object.keys(members).find((name) => isSameName(name, written));
    if (member !== undefined) return { text: `${namespace}.${member}`, value: members[member] };
  }
  return undefined;
}

function layerCalled(written: string, exports: Namespace): Meant | undefined {
  const layers = (exports["layers"] ?? {}) as Namespace;
  const name = likelyLayer(written, Object.keys(layers));
  return name === undefined ? undefined : { text: `layers.${name}`, value: layers[name] };
}

/** A module's exports while a file is being written: a name that is not among them is reported, and stands for what is meant. */
export function tolerantModule(module: string, exports: Namespace, everything: Namespace = exports): object {
  const missing = new Proxy(
    {},
    {
      get: (_target, property) => {
        if (isAskedByRuntime(property) || property in Object.prototype) return undefined;
        return unknownExport(module, String(property), exports, everything);
      },
    },
  );
  return Object.assign(Object.create(missing) as object, exports);
}

/** @throws ModelError where nothing is near: nothing can stand in its place. */
function unknownExport(module: string, written: string, exports: Namespace, everything: Namespace): unknown {
  const meant = meantBy(written, exports) ?? meantBy(written, everything);
  const refused = `"${module}" has no export "${written}".`;
  if (meant === undefined) {
    throw new ModelError("unknown-name", `${refused} It exports ${Object.keys(exports).sort().join(", ")}.`);
  }
  const error = noteUnknownName(`${refused} Did you mean ${meant.text}?`, written, undefined);
  error.mistake = { kind: "name", written, meant: meant.text };
  return meant.value;
}
