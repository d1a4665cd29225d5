/** What a line that does not compile may be in Python, and how TypeScript writes it. */
const WRITTEN: readonly (readonly [python: RegExp, typescript: string])[] = [
  [/^\s*#(?![\w$]+\s*[=;:(!?])/, "A comment begins with //, not with #."],
  [/^\s*from\s+[\w.]+\s+import\b/, 'Names are imported so: import { layers, sequential } from "layerwise".'],
  [/^\s*import\s+[\w.]+(\s+as\s+\w+)?\s*$/, 'Names are imported so: import { layers, sequential } from "layerwise".'],
  [/^\s*def\s+\w+\s*\(/, "A function is written so: function name(argument) { return … }."],
  [/^\s*class\s+\w+\s*\(/, "A class is written so: class Own extends Layer { call(x) { return … } }."],
  [/(?<![.\w])lambda\s+[^():]*:/, "A function without a name is written so: (x) => …."],
  [/^\s*for\s+\w+\s+in\b/, "A loop is written so: for (let i = 0; i < 10; i++) { … }."],
  [/^\s*(if|elif|while|with|try|else)\b[^{]*:\s*$/, "A block stands in braces: if (…) { … }."],
  [/"""|'''/, "A text over several lines stands between backquotes: `…`."],
];

/** How a line is written in TypeScript that looks like Python; undefined for any other. */
export function inTypescript(line: string): string | undefined {
  return WRITTEN.find(([python]) => python.test(line))?.[1];
}
