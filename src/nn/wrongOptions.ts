import { activationNames } from "./activations";
import { show } from "./arguments";
import { ModelError } from "./errors";
import type { Layer } from "./layer";
import type { OptionNames } from "./optionNames";
import { SymbolicTensor } from "./symbolic";

/** An option that was given by position: which one it must be, where its value tells, and its place in the call. */
export interface UnnamedOption {
  readonly name: string | undefined;
  readonly value: unknown;
  readonly position: number;
}

interface LayerClass {
  readonly mainArguments: readonly string[];
  readonly optionNames?: OptionNames;
}

/** What stands where a layer's options belong, and is none. */
export function wrongOptions(layer: Layer, received: unknown, { mainArguments, optionNames = {} }: LayerClass): ModelError {
  const name = nameFor(received, optionNames);
  const error = new ModelError(
    "invalid-argument",
    `The options of ${layer.className} are one object, such as { name: "hidden" }; received ${show(received)}.${adviceOn(received, name, optionNames)}`,
    layer,
  );
  if (typeof received === "string") error.misspelling = { written: received, nearest: undefined };
  if (isPlain(received)) error.mistake = { kind: "unnamed-option", name, value: received, position: mainArguments.length };
  return error;
}

function adviceOn(received: unknown, name: string | undefined, optionNames: OptionNames): string {
  if ([received].flat().some((value) => value instanceof SymbolicTensor))
    return " A layer is made first and then called on tensors: layers.add()([a, b]).";
  if (name !== undefined) return ` Arguments after the main ones have names: { ${name}: ${show(received)} }.`;
  if (!isPlain(received)) return "";
  const [option = "name"] = Object.keys(optionNames);
  const sizes = typeof received === "number" ? " Several sizes are one list: [28, 28, 1]." : "";
  return `${sizes} An option has a name and a colon, as in { ${option}: … }; ${option} = … assigns a variable.`;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** The option that takes such a value. */
function nameFor(value: unknown, optionNames: OptionNames): string | undefined {
  if (typeof value !== "string") return undefined;
  const name = activationNames.includes(value) ? "activation" : /^(same|valid|causal)$/.test(value) ? "padding" : undefined;
  return name !== undefined && Object.hasOwn(optionNames, name) ? name : undefined;
}
