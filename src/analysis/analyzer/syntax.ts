import { parse } from "@babel/parser";
import type { SourceRange } from "../../protocol";

/** The parts of a syntax tree's node that are read here; the walk itself needs no more than `type`. */
interface SyntaxNode {
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

/** The calls, loops and `throw` statements of one file. */
export class Syntax {
  private readonly calls: Call[] = [];
  private readonly loops: SyntaxNode[] = [];
  private readonly throws: SyntaxNode[] = [];
  private readonly lineStarts: number[] = [0];

  constructor(text: string) {
    for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) this.lineStarts.push(index + 1);
    try {
      const tree = parse(text, { sourceType: "module", plugins: ["typescript"], errorRecovery: true });
      this.visit(tree.program);
    } catch {
      // What the bundler accepts and this parser does not has positions, but no ranges.
    }
  }

  /**
   * The call that V8 means by a place in a stack trace, which is its method's name, its function's or `new`. A result that is called at
   * once, `layers.dense(64)(x)`, belongs to the range.
   */
  callAt(line: number, column: number): SourceRange | null {
    const offset = (this.lineStarts[line - 1] ?? 0) + column - 1;
    const hits = this.calls.filter(({ node, callee }) => startOfCallee(node, callee) <= offset && offset < callee.end);
    const [first] = hits;
    if (first === undefined) return null;
    const innermost = hits.reduce((smallest, hit) => (length(hit.node) < length(smallest.node) ? hit : smallest), first);
    let { node } = innermost;
    for (let outer = this.callOf(node); outer !== undefined; outer = this.callOf(node)) node = outer;
    return { ...rangeOf(innermost.node), endLine: node.loc.end.line, endColumn: node.loc.end.column + 1 };
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
    return this.calls.find((call) => call.callee === callee)?.node;
  }

  private visit(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item);
    } else if (isNode(value)) {
      if (/^(Optional)?CallExpression$|^NewExpression$/.test(value.type) && isNode(value["callee"])) {
        this.calls.push({ node: value, callee: value["callee"] });
      } else if (/^(For|DoWhile|While)Statement$/.test(value.type)) {
        this.loops.push(value);
      } else if (value.type === "ThrowStatement") {
        this.throws.push(value);
      }
      for (const property in value) this.visit(value[property]);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "loc" in value;
}

function startOfCallee(node: SyntaxNode, callee: SyntaxNode): number {
  return node.type === "NewExpression" ? node.start : callee.start;
}

function length({ start, end }: SyntaxNode): number {
  return end - start;
}

function rangeOf({ loc: { start, end } }: SyntaxNode): SourceRange {
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
