import { show, written } from "./arguments";
import { ModelError } from "./errors";
import type { Layer, WeightOptions } from "./layer";
import { unknownOption } from "./unknownOption";

const OPTIONS = {
  initializer: true,
  trainable: true,
  regularizer: true,
  constraint: true,
  dtype: true,
  factors: true,
} satisfies Record<keyof WeightOptions, true>;

/** @throws ModelError unless a weight can be declared so. */
export function checkWeightDeclaration(layer: Layer, name: unknown, shape: unknown, options: unknown): void {
  // Every weight of every layer comes here: what is wrong is looked for only where something is.
  if (typeof name !== "string" || !isShape(shape) || !isOptions(options)) throw refusal(layer, name, shape, options);
}

function isShape(shape: unknown): boolean {
  if (!Array.isArray(shape)) return false;
  // By position: a hole in the list counts.
  for (let axis = 0; axis < shape.length; axis++) if (!isSize(shape[axis])) return false;
  return true;
}

function isOptions(options: unknown): boolean {
  return isObject(options) && Object.keys(options).every((option) => Object.hasOwn(OPTIONS, option));
}

function refusal(layer: Layer, name: unknown, shape: unknown, options: unknown): ModelError {
  const form = "this.addWeight(name, shape, options)";
  const refused = (message: string): ModelError => new ModelError("invalid-argument", message, layer);
  if (typeof name !== "string")
    return refused(`${form} takes the weight's name first; received ${show(name)}.${asOptions(name)}`);
  if (!Array.isArray(shape)) {
    return refused(
      `${form} takes the weight's shape second, a list such as [4, 3]; received ${show(shape)}. Write this.addWeight(${show(name)}, [4, 3]).`,
    );
  }
  const sizes: readonly unknown[] = Array.from(shape as readonly unknown[]);
  if (!sizes.every(isSize)) {
    const advice = adviceOn(sizes.find((size) => !isSize(size)));
    return refused(`The weight ${name} of ${layer.name} needs whole numbers as its shape; received ${show(sizes)}.${advice}`);
  }
  if (!isObject(options)) {
    const example = typeof options === "string" ? ` Write { initializer: ${show(options)} }.` : "";
    return refused(
      `${form} takes its options as one object, such as { initializer: "zeros" }; received ${show(options)}.${example}`,
    );
  }
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(OPTIONS, option)) ?? "";
  return unknownOption("this.addWeight", unknown, Object.keys(OPTIONS), layer);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keras names every argument: `add_weight(name="w", shape=(4, 3))`. */
function asOptions(received: unknown): string {
  if (Array.isArray(received)) return ` Write this.addWeight("kernel", ${show(received)}).`;
  if (typeof received !== "object" || received === null) return "";
  const { name = "kernel", shape, ...others } = received as Readonly<Record<string, unknown>>;
  const options = Object.entries(others).map(([option, value]) => `${option}: ${written(value) ?? "…"}`);
  const rest = options.length === 0 ? "" : `, { ${options.join(", ")} }`;
  return ` Write this.addWeight(${show(name)}, ${Array.isArray(shape) ? show(shape) : "[4, 3]"}${rest}).`;
}

function adviceOn(size: unknown): string {
  if (size === null)
    return " null is a size that is not known before data arrive, such as the batch: a weight cannot depend on it.";
  const isMissing = size === undefined || Number.isNaN(size);
  return isMissing ? " An index that is negative is undefined in JavaScript: the last size of a shape is shape.at(-1)." : "";
}

function isSize(size: unknown): boolean {
  return Number.isSafeInteger(size) && (size as number) >= 0;
}
