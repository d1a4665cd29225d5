/** Values that many refer to by their places: equal ones stand in it once. */
export class Interner<T> {
  private readonly places = new Map<string, number>();
  readonly values: T[] = [];

  /** @param key What equal values have in common, and only they. */
  place(key: string, value: T): number {
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
