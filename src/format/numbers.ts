const GROUPED = new Intl.NumberFormat("en-US");

/** What stands where nothing is known. */
export const UNKNOWN = "?";

/** `266610` → `266,610`; unknown → `?`. */
export function formatCount(count: number | null): string {
  return count === null ? UNKNOWN : GROUPED.format(count);
}

/** Three significant digits: `235500` → `236k`, `4200000` → `4.2M`. */
export function formatRoundedCount(count: number): string {
  const [unit, size] = count >= 999_500_000 ? ["G", 1e9] : count >= 999_500 ? ["M", 1e6] : ["k", 1e3];
  return count < 1000 ? String(count) : `${Number((count / size).toPrecision(3))}${unit}`;
}

/** As Keras writes sizes: `1.02 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  while (size >= 1024 && units.length > 1) {
    size /= 1024;
    units.shift();
  }
  return `${size.toFixed(2)} ${units[0] ?? "B"}`;
}

/** A part of a whole: `88.3 %`; unknown, or no whole, → `?`. */
export function formatShare(part: number | null, whole: number | null): string {
  return part === null || !whole ? UNKNOWN : `${((100 * part) / whole).toFixed(1)} %`;
}
