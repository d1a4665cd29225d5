import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./checkout";

/**
 * Where a test puts a picture: `out/pictures`, where nobody commits it; with `UPDATE_PICTURES=1`, `media`, from where the
 * README shows it.
 */
export function picturePath(name: string): string {
  const folder = join(checkout, process.env["UPDATE_PICTURES"] === "1" ? "media" : "out/pictures");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
