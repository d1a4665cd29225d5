import type { Position, SourceRange } from "../../protocol";
import type { Bundle, SourceFile } from "../bundle";
import type { ArgumentPath, Frame } from "../evaluation";
import { findArgument, findWord } from "./arguments";
import { type CallSite, rangeOf, Syntax, type SyntaxNode } from "./syntax";

export type Place = { file: string } & SourceRange;

/** Where a frame leads. */
export interface Site {
  readonly position: Position;
  readonly syntax: Syntax | undefined;
  /** Null where the place cannot be understood. */
  readonly call: CallSite | null;
}

/** A word in a site's call; a name at the site where there is no call. What a call has from a variable is not what bears the word further on. */
export function findWordAt({ call, syntax, position }: Site, word: string): SyntaxNode | undefined {
  return call === null ? syntax?.nameFrom(position.line, position.column, word) : findWord(call.call, word);
}

/** Syntax trees of texts seen lately: most files do not change between two analyses. */
const KEPT_TREES = 16;
const trees = new Map<string, Syntax>();

/** Leads from frames of the evaluated script to calls in the model's files. */
export class Locator {
  private readonly sources: ReadonlyMap<string, SourceFile>;
  /** By the frames: the layers of a loop have one call. */
  private readonly sites = new Map<string, Site | null>();

  constructor(
    private readonly bundle: Bundle,
    readonly file: string,
  ) {
    this.sources = new Map(bundle.sources.map((source) => [source.path, source]));
  }

  /** Reads the model file's text and the bundle's source map ahead of the first question. */
  prepare(): void {
    this.syntaxOf(this.file);
    this.bundle.mapper?.originalPosition(1, 1);
  }

  /**
   * The call at the innermost frame outside of packages; null when no frame leads into the model's files. A result that is called at once,
   * `layers.dense(64)(x)`, belongs to the range.
   */
  callAt(frames: readonly Frame[]): Place | null {
    const site = this.siteAt(frames);
    if (site === null) return null;
    const { position, call } = site;
    if (call === null) return { file: position.file, ...pointRange(position) };
    const { endLine, endColumn } = rangeOf(call.whole);
    return { file: position.file, ...rangeOf(call.call), endLine, endColumn };
  }

  /** An argument of that call, or of it what is there; null when nothing is. */
  argumentAt(frames: readonly Frame[], path: ArgumentPath): Place | null {
    const site = this.siteAt(frames);
    if (site === null || site.call === null || site.syntax === undefined) return null;
    const { node, depth } = findArgument(site.syntax, site.call.call, path);
    return depth === 0 ? null : { file: site.position.file, ...rangeOf(node) };
  }

  /** A word in that call, or a name where the frames lead outside of calls. */
  wordAt(frames: readonly Frame[], word: string): Place | null {
    const site = this.siteAt(frames);
    const node = site === null ? undefined : findWordAt(site, word);
    return site === null || node === undefined ? null : { file: site.position.file, ...rangeOf(node) };
  }

  siteAt(frames: readonly Frame[]): Site | null {
    const key = frames.join();
    let site = this.sites.get(key);
    if (site === undefined) this.sites.set(key, (site = this.findSite(frames)));
    return site;
  }

  /** Where an endless evaluation most likely hangs. */
  suspectLoop(): Place | null {
    return this.firstInSources((syntax) => syntax.suspectLoop());
  }

  throwWithoutStack(): Place | null {
    return this.firstInSources((syntax) => syntax.throwWithoutStack());
  }

  /** The texts that the model was made of, by path. */
  get texts(): ReadonlyMap<string, string> {
    return new Map(this.bundle.sources.map(({ path, text }) => [path, text]));
  }

  /** Offsets in a source as a place in it. */
  rangeBetween(path: string, start: number, end: number): SourceRange {
    const syntax = this.syntaxOf(path);
    if (syntax === undefined) throw new Error(`${path} is no source of ${this.file}.`);
    return syntax.rangeBetween(start, end);
  }

  /** The model file's first character. */
  get start(): Place {
    return { file: this.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  }

  private findSite(frames: readonly Frame[]): Site | null {
    const position = this.bundle.mapper?.ownPosition(frames.map(([line, column]) => ({ line, column }))) ?? null;
    if (position === null) return null;
    const syntax = this.syntaxOf(position.file);
    return { position, syntax, call: syntax?.callAt(position.line, position.column) ?? null };
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
