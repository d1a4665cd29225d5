/** Tell a file's models apart, of which several may have one name, in the models' order: `mlp`, `mlp (2)`. */
export function modelKeys(models: readonly { readonly name: string }[]): string[] {
  const times = new Map<string, number>();
  return models.map(({ name }) => {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? name : `${name} (${time})`;
  });
}
