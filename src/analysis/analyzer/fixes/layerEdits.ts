import { argumentsOf } from "../arguments";
import { type CallSite, isNode, type Syntax, type SyntaxNode } from "../syntax";
import { isBlank, lineAfter, lineBefore, lineBreakOf, type TextEdit } from "./textEdits";

/** Puts a layer before the one that a call makes: in a list of layers, before an `.add(…)`, or around the tensor that it is called on. */
export function insertLayer(syntax: Syntax, { call, whole }: CallSite, layer: string): TextEdit[] | null {
  const { text } = syntax;
  const inserted = underSameName(syntax, call, layer);
  if (whole !== call) {
    const [tensor, ...others] = argumentsOf(whole);
    if (tensor === undefined || others.length > 0 || whole["callee"] !== call) return null;
    return [insert(tensor.start, `${inserted}(`), insert(tensor.end, ")")];
  }
  const parent = syntax.parentOf(call);
  if (parent?.type === "ArrayExpression") {
    const indentation = lineBefore(text, call.start);
    return [insert(call.start, isBlank(indentation) ? `${inserted},${lineBreakOf(text)}${indentation}` : `${inserted}, `)];
  }
  const model = modelOfAdd(parent, call);
  if (parent === undefined || model === undefined) return null;
  const statement = syntax.parentOf(parent);
  const indentation = lineBefore(text, parent.start);
  if (statement?.type !== "ExpressionStatement" || model.type !== "Identifier" || !isBlank(indentation)) {
    return [insert(model.end, `.add(${inserted})`)];
  }
  const added = `${text.slice(model.start, model.end)}.add(${inserted});`;
  return [insert(parent.start, `${added}${lineBreakOf(text)}${indentation}`)];
}

/** Takes away the layer that a call makes, with the line that it has for itself. */
export function removeLayer(syntax: Syntax, { call, whole }: CallSite): TextEdit[] | null {
  const { text } = syntax;
  if (whole !== call) {
    const [tensor, ...others] = argumentsOf(whole);
    if (tensor === undefined || others.length > 0 || whole["callee"] !== call) return null;
    return [{ start: whole.start, end: whole.end, text: text.slice(tensor.start, tensor.end) }];
  }
  const parent = syntax.parentOf(call);
  if (parent?.type === "ArrayExpression") return [removal(text, call, ",")];
  const model = modelOfAdd(parent, call);
  if (parent === undefined || model === undefined) return null;
  const statement = syntax.parentOf(parent);
  if (statement?.type !== "ExpressionStatement" || model.type !== "Identifier")
    return [{ start: model.end, end: parent.end, text: "" }];
  return [removal(text, statement, "")];
}

/** Puts another layer in the place of the one that a call makes. */
export function replaceLayer(syntax: Syntax, { call }: CallSite, layer: string): TextEdit[] {
  return [{ start: call.start, end: call.end, text: underSameName(syntax, call, layer) }];
}

/** `layers` may have been imported under another name. */
function underSameName(syntax: Syntax, { callee }: SyntaxNode, layer: string): string {
  const namespace = isNode(callee) && callee.type === "MemberExpression" ? callee["object"] : undefined;
  if (!isNode(namespace) || namespace.type !== "Identifier") return layer;
  return layer.replace(/^layers\./, `${syntax.text.slice(namespace.start, namespace.end)}.`);
}

/** The model of `model.add(layer)`. */
function modelOfAdd(parent: SyntaxNode | undefined, layer: SyntaxNode): SyntaxNode | undefined {
  const callee = parent?.["callee"];
  if (parent?.type !== "CallExpression" || argumentsOf(parent)[0] !== layer || !isNode(callee)) return undefined;
  const { object, property } = callee;
  return isNode(object) && isNode(property) && property["name"] === "add" ? object : undefined;
}

/** An element or a statement with what separates it from the next, and with its lines where nothing else stands on them. */
export function removal(text: string, { start, end }: SyntaxNode, separator: "," | ""): TextEdit {
  const behind = separator === "" ? "" : (/^\s*,/.exec(text.slice(end))?.[0] ?? "");
  const after = end + behind.length;
  const before = lineBefore(text, start);
  const rest = lineAfter(text, after);
  if (isBlank(before) && /^\s*(\/\/.*)?$/.test(rest)) {
    const lineEnd = after + rest.length;
    const lineBreak = /^\r?\n/.exec(text.slice(lineEnd))?.[0] ?? "";
    return { start: start - before.length, end: lineEnd + lineBreak.length, text: "" };
  }
  if (behind !== "" || separator === "") return { start, end: after + (/^[ \t]*/.exec(rest)?.[0].length ?? 0), text: "" };
  const ahead = /,\s*$/.exec(text.slice(0, start))?.[0] ?? "";
  return { start: start - ahead.length, end, text: "" };
}

function insert(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}
