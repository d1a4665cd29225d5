import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder with model files. */
export class ModelFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "layerwise-test-")));

  /** Writes a file; returns its absolute path. */
  write(name: string, text: string): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The 1-based line and column at which some text first stands. */
export function positionOf(text: string, part: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(part));
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}
