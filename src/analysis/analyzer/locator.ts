import type { Position, SourceRange } from "../../protocol";
import type { Bundle, SourceFile } from "../bundle";
import type { Frame } from "../evaluation";
import { Syntax } from "./syntax";

export type Place = { file: string } & SourceRange;

/** Syntax trees of texts seen lately: most files do not change between two analyses. */
const KEPT_TREES = 16;
const trees = new Map<string, Syntax>();

/** Leads from frames of the evaluated script to calls in the model's files. */
export class Locator {
  private readonly sources: ReadonlyMap<string, SourceFile>;
  /** By the frames: the layers of a loop have one call. */
  private readonly calls = new Map<string, Place | null>();

  constructor(
    private readonly bundle: Bundle,
    readonly file: string,
  ) {
    this.sources = new Map(bundle.sources.map((source) => [source.path, source]));
  }

  /** The call at the innermost frame outside of packages; null when no frame leads into the model's files. */
  callAt(frames: readonly Frame[]): Place | null {
    const key = frames.join();
    let place = this.calls.get(key);
    if (place === undefined) this.calls.set(key, (place = this.findCall(frames)));
    return place;
  }

  /** Where an endless evaluation most likely hangs. */
  suspectLoop(): Place | null {
    return this.firstInSources((syntax) => syntax.suspectLoop());
  }

  throwWithoutStack(): Place | null {
    return this.firstInSources((syntax) => syntax.throwWithoutStack());
  }

  /** The model file's first character. */
  get start(): Place {
    return { file: this.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  }

  private findCall(frames: readonly Frame[]): Place | null {
    const position = this.bundle.mapper?.ownPosition(frames.map(([line, column]) => ({ line, column }))) ?? null;
    if (position === null) return null;
    const range = this.syntaxOf(position.file)?.callAt(position.line, position.column) ?? pointRange(position);
    return { file: position.file, ...range };
  }

  private firstInSources(find: (syntax: Syntax) => SourceRange | null): Place | null {
    for (const { path } of this.bundle.sources) {
      const syntax = this.syntaxOf(path);
      const range = syntax === undefined ? null : find(syntax);
      if (range !== null) return { file: path, ...range };
    }
    return null;
  }

  private syntaxOf(path: string): Syntax | undefined {
    const source = this.sources.get(path);
    if (source === undefined) return undefined;
    const syntax = trees.get(source.sha256) ?? new Syntax(source.text);
    trees.delete(source.sha256);
    trees.set(source.sha256, syntax);
    const [oldest] = trees.keys();
    if (trees.size > KEPT_TREES && oldest !== undefined) trees.delete(oldest);
    return syntax;
  }
}

function pointRange({ line, column }: Position): SourceRange {
  return { line, column, endLine: line, endColumn: column + 1 };
}
