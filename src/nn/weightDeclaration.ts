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
  const form = "this.addWeight(name, shape, options)";
  const refuse = (message: string): never => {
    throw new ModelError("invalid-argument", message, layer);
  };
  if (typeof name !== "string") refuse(`${form} takes the weight's name first; received ${show(name)}.${asOptions(name)}`);
  if (!Array.isArray(shape)) {
    refuse(
      `${form} takes the weight's shape second, a list such as [4, 3]; received ${show(shape)}. Write this.addWeight(${show(name)}, [4, 3]).`,
    );
  }
  const sizes: readonly unknown[] = shape as readonly unknown[];
  // By position: a hole in the list counts.
  const wrong = Array.from({ length: sizes.length }, (_, index) => sizes[index]).filter((size) => !isSize(size));
  if (wrong.length > 0) {
    const received = show(Array.from(sizes));
    refuse(
      `The weight ${String(name)} of ${layer.name} needs whole numbers as its shape; received ${received}.${adviceOn(wrong[0])}`,
    );
  }
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const example = typeof options === "string" ? ` Write { initializer: ${show(options)} }.` : "";
    refuse(`${form} takes its options as one object, such as { initializer: "zeros" }; received ${show(options)}.${example}`);
  }
  for (const option of Object.keys(options as object)) {
    if (!Object.hasOwn(OPTIONS, option)) throw unknownOption("this.addWeight", option, Object.keys(OPTIONS), layer);
  }
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
