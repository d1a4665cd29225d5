import type { LayerSummary } from "../../protocol";
import { totalParams } from "../models/layerText";

/** Where progress is kept: VS Code's `workspaceState`. */
export interface ProgressStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = "layerwise.predictions";

/** Which numbers the learner has predicted. A layer that changes is to be predicted anew. */
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
    await this.store.update(KEY, [...this.#revealed]);
  }

  /** Forgets what was predicted of a file's layers. */
  async forget(file: string): Promise<void> {
    for (const key of this.#revealed) if (key.startsWith(`${file}#`)) this.#revealed.delete(key);
    await this.store.update(KEY, [...this.#revealed]);
  }
}

function keyOf(file: string, layers: readonly LayerSummary[]): string {
  return `${file}#${layers[0]?.name ?? ""}×${layers.length}=${totalParams(layers) ?? ""}`;
}
