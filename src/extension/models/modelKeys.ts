import type { ModelSummary } from "../../protocol";

/** A model, and what tells it apart from others of its file that have its name. */
export interface KeyedModel<M = ModelSummary> {
  readonly key: string;
  readonly model: M;
}

/** A file's models in their order with their keys: `mlp`, `mlp (2)`. No two have one key; the first of a name has it as its key. */
export function keyedModels<M extends { readonly name: string }>(models: readonly M[]): KeyedModel<M>[] {
  const taken = new Set(models.map(({ name }) => name));
  const seen = new Set<string>();
  return models.map((model) => {
    const { name } = model;
    let key = name;
    for (let count = 2; seen.has(name) && taken.has(key); count++) key = `${name} (${count})`;
    seen.add(name);
    taken.add(key);
    return { key, model };
  });
}
