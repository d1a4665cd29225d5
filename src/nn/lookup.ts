import { ModelError } from "./errors";

/**
 * The entry of this name.
 *
 * @param kind What is looked up, e.g. `loss`.
 * @throws ModelError that names the known ones and the nearest.
 */
export function lookUp<T>(kind: string, name: string, known: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(known, name)) return known[name] as T;
  const names = Object.keys(known);
  const nearest = nearestName(name, names);
  const suggestion = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const error = new ModelError("unknown-name", `There is no ${kind} "${name}".${suggestion} Known: ${names.join(", ")}.`);
  error.misspelling = { written: name, nearest };
  throw error;
}

/** The known name that differs least from what was written; `undefined` where none comes near. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const normal = normalize(written);
  const abbreviated = known.find((name) => normal.length > 1 && initials(name) === normal);
  if (abbreviated !== undefined) return abbreviated;
  const [best] = known
    .map((name) => ({ name, distance: editDistance(normal, normalize(name)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(normal.length / 3)) ? best.name : undefined;
}

/** The known name that is the same but for case and punctuation, else the nearest. */
export function likelyName(written: string, known: readonly string[]): string | undefined {
  return known.find((name) => isSameName(name, written)) ?? nearestName(written, known);
}

/** Whether two names differ in case and punctuation alone: `SGD`, `l1_l2`, `fashion_mnist`. */
export function isSameName(one: string, other: string): boolean {
  return normalize(one) === normalize(other);
}

/** Keras's `glorot_uniform` and the class name `GlorotUniform` are both `glorotUniform` here. */
export function normalize(name: string): string {
  return name.replace(/[\W_]/g, "").toLowerCase();
}

/** `lr` is `learningRate` to many. */
function initials(name: string): string {
  return name.replace(/(?<=[a-z\d])[a-z\d]+|(?<=[A-Z])[a-z\d]+/g, "").toLowerCase();
}

/** Damerau and Levenshtein's distance: neighbours that changed places are one mistake. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(substituted, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
