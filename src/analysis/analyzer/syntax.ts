import { parse } from "@babel/parser";
import type { SourceRange } from "../../protocol";

/** The parts of a syntax tree's node that are read here; the walk itself needs no more than `type`. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: Place; readonly end: Place };
  readonly [property: string]: unknown;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Call {
  readonly node: SyntaxNode;
  readonly callee: SyntaxNode;
}

/** A call, and that which a result called at once makes of it: `layers.dense(64)` in `layers.dense(64)(x)`. */
export interface CallSite {
  readonly call: SyntaxNode;
  /** The call itself where its result is not called. */
  readonly whole: SyntaxNode;
}

/** The calls, loops and `throw` statements of one file. */
export class Syntax {
  private readonly calls: Call[] = [];
  /** By the line where their callee ends, or `new` stands: where stack traces point to. */
  private readonly callsOfLines = new Map<number, Call[]>();
  private readonly callsOfCallees = new Map<SyntaxNode, SyntaxNode>();
  private readonly loops: SyntaxNode[] = [];
  private readonly throws: SyntaxNode[] = [];
  private readonly declarations = new Map<string, SyntaxNode | null>();
  private readonly lineStarts: number[] = [0];
  private readonly program: unknown;
  private parents: ReadonlyMap<SyntaxNode, SyntaxNode> | undefined;
  private names: ReadonlyMap<string, readonly SyntaxNode[]> | undefined;

  constructor(readonly text: string) {
    for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) this.lineStarts.push(index + 1);
    try {
      const tree = parse(text, { sourceType: "module", plugins: ["typescript"], errorRecovery: true });
      this.program = tree.program;
      this.visit(this.program);
    } catch {
      // What the bundler accepts and this parser does not has positions, but no ranges.
    }
  }

  /** The call that V8 means by a place in a stack trace, which is its method's name, its function's or `new`. */
  callAt(line: number, column: number): CallSite | null {
    const offset = this.offsetOf(line, column);
    const isHit = ({ node, callee }: Call): boolean => startOfCallee(node, callee) <= offset && offset < callee.end;
    const near = (this.callsOfLines.get(line) ?? []).filter(isHit);
    const hits = near.length > 0 ? near : this.calls.filter(isHit);
    const [first] = hits;
    if (first === undefined) return null;
    const call = hits.reduce((smallest, { node }) => (length(node) < length(smallest) ? node : smallest), first.node);
    let whole = call;
    for (let outer = this.callOf(whole); outer !== undefined; outer = this.callOf(whole)) whole = outer;
    return { call, whole };
  }

  /** What a name was declared as; undefined where it is declared elsewhere, or more than once. */
  declared(name: string): SyntaxNode | undefined {
    return this.declarations.get(name) ?? undefined;
  }

  parentOf(node: SyntaxNode): SyntaxNode | undefined {
    this.parents ??= this.findParents();
    return this.parents.get(node);
  }

  /** Everywhere that a name stands, in order. */
  named(name: string): readonly SyntaxNode[] {
    this.names ??= this.findNames();
    return this.names.get(name) ?? [];
  }

  /** The first place from there on where a name stands. */
  nameFrom(line: number, column: number, name: string): SyntaxNode | undefined {
    const offset = this.offsetOf(line, column);
    return this.named(name).find(({ end }) => end > offset);
  }

  /** The file's imports of values from a module. */
  importsFrom(module: string): SyntaxNode[] {
    const body = isNode(this.program) ? this.program["body"] : [];
    const statements = Array.isArray(body) ? body.filter(isNode) : [];
    return statements.filter(({ type, source, importKind }) => {
      const isValue = type === "ImportDeclaration" && importKind !== "type";
      return isValue && isNode(source) && source["value"] === module;
    });
  }

  /** Offsets as a place in the file. */
  rangeBetween(start: number, end: number): SourceRange {
    const [from, to] = [this.positionOf(start), this.positionOf(end)];
    return { ...from, endLine: to.line, endColumn: to.column };
  }

  /** The loop that most likely has no end: one whose condition never fails, else the first that is not bound to a collection. */
  suspectLoop(): SourceRange | null {
    const suspect = this.loops.find(neverFails) ?? this.loops.find(({ type }) => /^(Do)?While/.test(type)) ?? this.loops[0];
    return suspect === undefined ? null : headOf(suspect);
  }

  /** The first statement that throws something else than a new error; such a value carries no stack. */
  throwWithoutStack(): SourceRange | null {
    const plain = this.throws.find(({ argument }) => !isNode(argument) || argument.type !== "NewExpression");
    const [statement = null] = plain === undefined ? this.throws : [plain];
    return statement === null ? null : rangeOf(statement);
  }

  private callOf(callee: SyntaxNode): SyntaxNode | undefined {
    return this.callsOfCallees.get(callee);
  }

  private addCall(call: Call): void {
    const { node, callee } = call;
    this.calls.push(call);
    this.callsOfCallees.set(callee, node);
    const { line } = node.type === "NewExpression" ? node.loc.start : callee.loc.end;
    const ofLine = this.callsOfLines.get(line);
    if (ofLine === undefined) this.callsOfLines.set(line, [call]);
    else ofLine.push(call);
  }

  private declare({ id, init }: SyntaxNode): void {
    if (!isNode(id) || id.type !== "Identifier") return;
    const name = String(id["name"]);
    this.declarations.set(name, this.declarations.has(name) || !isNode(init) ? null : init);
  }

  private offsetOf(line: number, column: number): number {
    return (this.lineStarts[line - 1] ?? 0) + column - 1;
  }

  private positionOf(offset: number): { line: number; column: number } {
    let line = this.lineStarts.findIndex((start) => start > offset);
    if (line < 0) line = this.lineStarts.length;
    return { line, column: offset - (this.lineStarts[line - 1] ?? 0) + 1 };
  }

  private findParents(): ReadonlyMap<SyntaxNode, SyntaxNode> {
    const parents = new Map<SyntaxNode, SyntaxNode>();
    const visit = (value: unknown, parent: SyntaxNode | undefined): void => {
      if (Array.isArray(value)) {
        for (const item of value) visit(item, parent);
      } else if (isNode(value)) {
        if (parent !== undefined) parents.set(value, parent);
        for (const property in value) visit(value[property], value);
      }
    };
    visit(this.program, undefined);
    return parents;
  }

  private findNames(): ReadonlyMap<string, readonly SyntaxNode[]> {
    const found = new Map<number, SyntaxNode>();
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) {
        for (const item of value) visit(item);
      } else if (isNode(value)) {
        // An import that gives no other name is both names at once.
        if (value.type === "Identifier" && !found.has(value.start)) found.set(value.start, value);
        for (const property in value) visit(value[property]);
      }
    };
    visit(this.program);
    const inOrder = [...found.values()].sort((a, b) => a.start - b.start);
    return Map.groupBy(inOrder, (node) => String(node["name"]));
  }

  private visit(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item);
    } else if (isNode(value)) {
      if (/^(Optional)?CallExpression$|^NewExpression$/.test(value.type) && isNode(value["callee"])) {
        this.addCall({ node: value, callee: value["callee"] });
      } else if (/^(For|DoWhile|While)Statement$/.test(value.type)) {
        this.loops.push(value);
      } else if (value.type === "ThrowStatement") {
        this.throws.push(value);
      } else if (value.type === "VariableDeclarator") {
        this.declare(value);
      }
      for (const property in value) this.visit(value[property]);
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "loc" in value;
}

function startOfCallee(node: SyntaxNode, callee: SyntaxNode): number {
  return node.type === "NewExpression" ? node.start : callee.start;
}

function length({ start, end }: SyntaxNode): number {
  return end - start;
}

export function rangeOf({ loc: { start, end } }: SyntaxNode): SourceRange {
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** A loop without its body. */
function headOf(loop: SyntaxNode): SourceRange {
  const { body } = loop;
  if (!isNode(body) || loop.type === "DoWhileStatement") return rangeOf(loop);
  return { ...rangeOf(loop), endLine: body.loc.start.line, endColumn: body.loc.start.column + 1 };
}

function neverFails({ test }: SyntaxNode): boolean {
  return !isNode(test) || ((test.type === "BooleanLiteral" || test.type === "NumericLiteral") && Boolean(test["value"]));
}
