import { resolve } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Position } from "../../protocol";
import { scriptFrames } from "./script";

interface MappedFile {
  /** Absolute. */
  readonly path: string;
  /** Whether it is the model's own rather than a package's. */
  readonly isOwn: boolean;
}

/** Leads from places in a bundle back to the files it was made of. */
export class SourceMapper {
  private readonly map: TraceMap;
  /** By the map's own paths. */
  private readonly files = new Map<string, MappedFile>();

  /** @param folder What the map's paths are relative to. */
  constructor(
    map: string,
    private readonly folder: string,
  ) {
    this.map = new TraceMap(map);
  }

  /** The original of a place in the bundle, 1-based; null for code that the bundler added. */
  originalPosition(line: number, column: number): Position | null {
    return this.locate(line, column)?.position ?? null;
  }

  /** Where in the model's own files an error arose: the innermost frame outside of packages; null when there is none. */
  errorPosition(error: unknown): Position | null {
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    return this.ownPosition(scriptFrames(stack));
  }

  /** The first of some frames that lies outside of packages. */
  ownPosition(frames: readonly { readonly line: number; readonly column: number }[]): Position | null {
    for (const { line, column } of frames) {
      const found = this.locate(line, column);
      if (found?.isOwn === true) return found.position;
    }
    return null;
  }

  private locate(line: number, column: number): { position: Position; isOwn: boolean } | null {
    const original = originalPositionFor(this.map, { line, column: column - 1 });
    if (original.source === null) return null;
    const { path, isOwn } = this.fileOf(original.source);
    return { position: { file: path, line: original.line, column: original.column + 1 }, isOwn };
  }

  private fileOf(source: string): MappedFile {
    let file = this.files.get(source);
    if (file === undefined) {
      const path = resolve(this.folder, source);
      this.files.set(source, (file = { path, isOwn: !isPackageFile(path) }));
    }
    return file;
  }
}

/** Whether a file belongs to an installed package rather than to the model. */
export function isPackageFile(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}
