import { randomNumbers } from "./randomNumbers";

type Random = (bound: number) => number;
type Mutator = (text: string, random: Random) => string;

const WRONG_VALUES = [
  `"x"`,
  "null",
  "undefined",
  "{}",
  "[]",
  "NaN",
  "-1",
  "1.5",
  "() => 1",
  "Symbol()",
  "7n",
  "new Date()",
  "[[]]",
];
const HUGE_VALUES = ["1e9", "2 ** 53", "1e308", "Infinity", "Number.MAX_SAFE_INTEGER"];
const ENDLESS = ["for (;;) {}", "while (true) {}", "do {} while (true);", "void (async () => { await null; for (;;) {} })();"];
const RECURSIONS = [
  "(function f(): number { return 1 + f(); })();",
  "const g = (): unknown => [g()]; g();",
  "JSON.stringify(nest(1e5)); function nest(n: number) { let a: unknown = 0; while (n-- > 0) a = [a]; return a; }",
];
const ESCAPES = [
  "process.exit(1);",
  `process.kill(process.pid, "SIGKILL");`,
  `require("node:child_process").execSync("true");`,
  `require("node:fs").rmSync("/", { recursive: true });`,
  `void fetch("http://localhost");`,
  "process.abort();",
  `(globalThis as any).constructor.constructor("return process")().exit();`,
];
const THROWS = [
  "throw 1;",
  "throw null;",
  "throw undefined;",
  `throw "text";`,
  "throw { toString() { throw 1; } };",
  `throw Symbol("s");`,
  "throw new Proxy({}, { getPrototypeOf() { throw new Error(); } });",
  "void Promise.reject(0);",
  "Object.defineProperty(Array.prototype, 'map', { get() { throw 1; } });",
];

const pick = (choices: readonly string[], random: Random): string => choices[random(choices.length)] ?? "";

function insertLine(choices: readonly string[]): Mutator {
  return (text, random) => {
    const lines = text.split("\n");
    lines.splice(random(lines.length + 1), 0, pick(choices, random));
    return lines.join("\n");
  };
}

function changeLines(change: (lines: string[], random: Random) => void): Mutator {
  return (text, random) => {
    const lines = text.split("\n");
    change(lines, random);
    return lines.join("\n");
  };
}

function replaceNumber(values: readonly string[]): Mutator {
  return (text, random) => {
    const numbers = [...text.matchAll(/(?<![\w."'])\d+(\.\d+)?(e-?\d+)?/g)];
    const number = numbers[random(numbers.length)];
    if (number === undefined) return text;
    return text.slice(0, number.index) + pick(values, random) + text.slice(number.index + number[0].length);
  };
}

/** By weight: what loops for ever costs its whole time limit. */
const MUTATORS: readonly (readonly [weight: number, mutate: Mutator])[] = [
  [
    20,
    (text, random) => {
      const start = random(text.length);
      return text.slice(0, start) + text.slice(start + 1 + random(4));
    },
  ],
  [
    15,
    (text, random) => {
      const place = random(text.length);
      return text.slice(0, place) + text.charAt(place) + text.slice(place);
    },
  ],
  [
    15,
    changeLines((lines, random) => {
      const [a, b] = [random(lines.length), random(lines.length)];
      [lines[a], lines[b]] = [lines[b] ?? "", lines[a] ?? ""];
    }),
  ],
  [8, changeLines((lines, random) => void lines.splice(random(lines.length), 1))],
  [5, changeLines((lines, random) => void lines.splice(random(lines.length), 0, pick(lines, random)))],
  [5, (text, random) => text.slice(0, random(text.length))],
  [20, replaceNumber(WRONG_VALUES)],
  [15, replaceNumber(HUGE_VALUES)],
  [2, insertLine(ENDLESS)],
  [3, insertLine(RECURSIONS)],
  [6, insertLine(ESCAPES)],
  [8, insertLine(THROWS)],
];
const TOTAL_WEIGHT = MUTATORS.reduce((sum, [weight]) => sum + weight, 0);

/** A text with one to three changes, which follow from the seed alone. */
export function mutated(text: string, seed: number): string {
  const random = randomNumbers(Math.imul(seed + 1, 0x9e3779b1));
  let changed = text;
  for (let changes = 1 + random(3); changes > 0; changes--) changed = chooseMutator(random)(changed, random);
  return changed;
}

function chooseMutator(random: Random): Mutator {
  let chosen = random(TOTAL_WEIGHT);
  for (const [weight, mutate] of MUTATORS) {
    if (chosen < weight) return mutate;
    chosen -= weight;
  }
  return (text) => text;
}
