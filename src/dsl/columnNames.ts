import { type Model, nearestName } from "../nn";

/** An input or output of a model that gets no data. */
export interface MissingColumn {
  readonly name: string;
  /** The array that was most likely meant for it. */
  readonly nearest: string | undefined;
  readonly message: string;
}

/**
 * The first of a model's inputs, or of its outputs with a loss or metrics, for which there is no array; undefined where each has one. A
 * single array needs no name where it is wanted once.
 *
 * @param received The arrays' names.
 */
export function missingColumn(
  received: readonly (string | undefined)[],
  names: readonly string[],
  model: Model,
  end: "input" | "output",
): MissingColumn | undefined {
  if (received.length === 1 && names.length === 1 && received[0] === undefined) return undefined;
  const missing = names.filter((name) => !received.includes(name));
  const [name] = missing;
  if (name === undefined) return undefined;
  const side = end === "input" ? "x" : "y";
  const spare = received.filter((candidate) => candidate !== undefined && !names.includes(candidate)) as string[];
  const nearest = missing.length === 1 && spare.length === 1 ? spare[0] : nearestName(name, spare);
  const given = received.map((candidate) => candidate ?? "one array without a name").join(", ");
  return {
    name,
    nearest,
    message: `The ${end} "${name}" of ${model.name} gets no data: expected arrays named ${names.join(", ")}; received ${given}. Name them so, e.g. ${side}: { ${names.join(": …, ")}: … }.`,
  };
}
