import type { LayerSummary } from "../../protocol";
import { totalParams } from "../models/layerText";

/** Where progress is kept: VS Code's `workspaceState`. */
export interface ProgressStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = "layerwise.predictions";

/**
 * Which numbers the learner has predicted. What was predicted is kept by what the number is made of, not by names and lines: it survives
 * every renaming and moving, and layers that are alike are predicted once. A layer that changes is to be predicted anew.
 */
export class Predictions {
  readonly #revealed: Set<string>;

  constructor(private readonly store: ProgressStore) {
    const stored = store.get(KEY);
    const known = Array.isArray(stored) ? stored.filter((entry) => typeof entry === "string") : [];
    this.#revealed = new Set(known);
  }

  /** Whether the parameters of the layers that one call made are still to be predicted. There is nothing to predict about none. */
  isHidden(file: string, layers: readonly LayerSummary[]): boolean {
    const params = totalParams(layers);
    return params !== null && params > 0 && !this.#revealed.has(keyOf(file, layers));
  }

  async reveal(file: string, layers: readonly LayerSummary[]): Promise<void> {
    this.#revealed.add(keyOf(file, layers));
    await this.#save();
  }

  /** Forgets what was predicted of a file's layers. */
  async forget(file: string): Promise<void> {
    for (const key of this.#of(file)) this.#revealed.delete(key);
    await this.#save();
  }

  /** Takes along what was predicted of a file, or of the files in a folder, that has another name now. */
  async move(from: string, to: string): Promise<void> {
    for (const key of this.#revealed) {
      const rest = key.startsWith(from) ? key.slice(from.length) : "";
      if (!/^[#/]/.test(rest)) continue;
      this.#revealed.delete(key);
      this.#revealed.add(to + rest);
    }
    await this.#save();
  }

  #of(file: string): string[] {
    return [...this.#revealed].filter((key) => key.startsWith(`${file}#`));
  }

  async #save(): Promise<void> {
    await this.store.update(KEY, [...this.#revealed]);
  }
}

function keyOf(file: string, layers: readonly LayerSummary[]): string {
  return `${file}#${madeOf(layers)}=${totalParams(layers) ?? ""}`;
}

/** `784×300+300`, `784×100+100;59*100×100+100`: the weights' shapes of each layer, equal ones in a row counted. */
function madeOf(layers: readonly LayerSummary[]): string {
  const runs: { readonly weights: string; times: number }[] = [];
  for (const layer of layers) {
    const weights = layer.weights.map(({ shape }) => shape.join("×")).join("+");
    const last = runs.at(-1);
    if (last?.weights === weights) last.times++;
    else runs.push({ weights, times: 1 });
  }
  return runs.map(({ weights, times }) => (times > 1 ? `${times}*${weights}` : weights)).join(";");
}
