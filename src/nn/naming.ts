/** `MaxPooling2D` → `max_pooling2d`, `LeakyReLU` → `leaky_re_lu`: Keras's `to_snake_case`. */
export function toSnakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** `valLoss` is `val` and the capitalized `loss`. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Keras's automatic names: `dense`, `dense_1`, … counted by class over one model file. */
export class AutomaticNames {
  private readonly counts = new Map<string, number>();
  /** By class name: most classes name many layers. */
  private readonly prefixes = new Map<string, string>();

  next(className: string): string {
    const prefix = this.prefixes.get(className) ?? toSnakeCase(className);
    this.prefixes.set(className, prefix);
    const count = this.counts.get(prefix) ?? 0;
    this.counts.set(prefix, count + 1);
    return count === 0 ? prefix : `${prefix}_${count}`;
  }
}
