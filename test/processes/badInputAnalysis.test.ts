import { describe, expect, test } from "vitest";
import { provideAnalyzer } from "./support/analyzer";
import { positionOf } from "./support/modelFolder";

const HEAD = `import { sequential, layers, Layer, tf, model, input } from "layerwise";
const good = sequential({ name: "good", inputShape: [4] }, [layers.dense(3)]);
`;

interface BadInput {
  name: string;
  text: string;
  code: string;
  /** Where the diagnostic stands. */
  at: string;
  message: RegExp;
  /** Whether the model before the mistake keeps its numbers. Default true. */
  keepsNumbers?: boolean;
  /** Whether the file ran to its end. Default false. */
  isComplete?: boolean;
  timeLimit?: number;
}

const BAD_INPUTS: readonly BadInput[] = [
  {
    name: "throws an error",
    text: `${HEAD}function f() { throw new TypeError("boom"); }\nf();`,
    code: "exception",
    at: "new TypeError",
    message: /threw TypeError: boom/,
  },
  { name: "throws a string", text: `${HEAD}throw "boom";`, code: "exception", at: "throw", message: /the string "boom"/ },
  { name: "throws undefined", text: `${HEAD}throw undefined;`, code: "exception", at: "throw", message: /undefined/ },
  {
    name: "throws an object that cannot be described",
    text: `${HEAD}throw { toString() { throw 1; } };`,
    code: "exception",
    at: "throw {",
    message: /cannot be described/,
  },
  {
    name: "throws what throws when it is looked at",
    text: `${HEAD}throw new Proxy({}, { getPrototypeOf() { throw new Error(); } });`,
    code: "exception",
    at: "throw new Proxy",
    message: /throws itself when it is looked at/,
  },
  {
    name: "requires what objects have by nature",
    text: `${HEAD}const name = "toString";\nrequire(name)();`,
    code: "unavailable-in-analysis",
    at: "require(name)",
    message: /toString was called/,
  },
  {
    name: "compiles WebAssembly",
    text: `${HEAD}WebAssembly.compile(new Uint8Array(8));`,
    code: "unavailable-in-analysis",
    at: "WebAssembly.compile(",
    message: /WebAssembly\.compile was called/,
  },
  {
    name: "loops for ever",
    text: `${HEAD}for (const a of [1]) a;\nwhile (true) {}`,
    code: "evaluation-timeout",
    at: "while",
    message: /did not end within 0.5 s/,
    timeLimit: 500,
  },
  {
    name: "loops for ever in a promise",
    text: `${HEAD}void (async () => { await null; for (;;) {} })();`,
    code: "evaluation-timeout",
    at: "for (;;)",
    message: /did not end/,
    isComplete: true,
    timeLimit: 500,
  },
  {
    name: "loops for ever while the results are collected",
    text: `${HEAD}good.flops = () => { for (;;) {} };`,
    code: "evaluation-crashed",
    at: "import",
    message: /could not be evaluated/,
    keepsNumbers: false,
    timeLimit: 500,
  },
  {
    name: "changes what is told of it",
    text: `${HEAD}const { stringify } = JSON;\nJSON.stringify = (value: any) => stringify({ ...value, layerProperties: [] });`,
    code: "evaluation-crashed",
    at: "import",
    message: /its result is not one/,
    keepsNumbers: false,
  },
  {
    name: "recurses without end",
    text: `${HEAD}function f(): number { return 1 + f(); }\nf();`,
    code: "stack-overflow",
    at: "return 1",
    message: /nested too deeply/,
  },
  {
    name: "imports a missing package",
    text: `import x from "no-such-package";\n${HEAD}x();`,
    code: "missing-package",
    at: `"no-such-package"`,
    message: /npm install no-such-package/,
  },
  {
    name: "imports a missing file",
    text: `import x from "./nothing";\n${HEAD}x();`,
    code: "missing-file",
    at: `"./nothing"`,
    message: /no file ".\/nothing"/,
  },
  {
    name: "imports a name that is not there",
    text: `${HEAD}import { sequental } from "layerwise";\nsequental({ inputShape: [1] });`,
    code: "unknown-name",
    at: "sequental({",
    message: /no export "sequental"/,
    isComplete: true,
  },
  {
    name: "has no model",
    text: `import { layers } from "layerwise";\nlayers.dense(3);`,
    code: "no-model",
    at: "import",
    message: /no model in this file/,
    keepsNumbers: false,
  },
  { name: "is empty", text: "", code: "no-model", at: "", message: /no model in this file/, keepsNumbers: false },
  { name: "does not parse", text: `const a = (1;`, code: "syntax-error", at: ";", message: /Expected "\)"/, keepsNumbers: false },
  {
    name: "awaits at the top level",
    text: `${HEAD}await Promise.resolve(1);`,
    code: "top-level-await",
    at: "await",
    message: /cannot wait/,
    keepsNumbers: false,
  },
  {
    name: "rejects a promise",
    text: `${HEAD}void Promise.reject(new Error("late"));`,
    code: "unhandled-rejection",
    at: "new Error",
    message: /rejected.*late/,
    isComplete: true,
  },
  {
    name: "exits",
    text: `${HEAD}process.exit(3);`,
    code: "unavailable-in-analysis",
    at: "process.exit(3)",
    message: /process\.exit was called/,
  },
  {
    name: "reads a file",
    text: `import * as fs from "node:fs";\n${HEAD}fs.readFileSync("/etc/passwd");`,
    code: "unavailable-in-analysis",
    at: "fs.readFileSync(",
    message: /node:fs\.readFileSync was called/,
  },
  {
    name: "starts a process",
    text: `import { execSync } from "child_process";\n${HEAD}execSync("true");`,
    code: "unavailable-in-analysis",
    at: 'execSync("true',
    message: /child_process\.execSync was called/,
  },
  {
    name: "asks for the process by another name",
    text: `${HEAD}globalThis.process.kill(1);`,
    code: "unavailable-in-analysis",
    at: "globalThis.process.kill(",
    message: /process\.kill was called/,
  },
  {
    name: "waits",
    text: `${HEAD}setTimeout(() => undefined, 10);`,
    code: "unavailable-in-analysis",
    at: "setTimeout(",
    message: /setTimeout was called/,
  },
  {
    name: "opens a socket",
    text: `${HEAD}new WebSocket("ws://localhost");`,
    code: "unavailable-in-analysis",
    at: "new WebSocket(",
    message: /WebSocket was called/,
  },
  {
    name: "starts a worker",
    text: `${HEAD}new Worker("other.js");`,
    code: "unavailable-in-analysis",
    at: "new Worker(",
    message: /Worker was called/,
  },
  {
    name: "starts a thread",
    text: `import { Worker } from "node:worker_threads";\n${HEAD}new Worker("other.js");`,
    code: "unavailable-in-analysis",
    at: "new Worker(",
    message: /node:worker_threads\.Worker was called/,
  },
  {
    name: "exits by Node's name of the global object",
    text: `${HEAD}(global as any).process.exit();`,
    code: "unavailable-in-analysis",
    at: "(global as any)",
    message: /process\.exit was called/,
  },
  {
    name: "runs code from a string",
    text: `${HEAD}new Function("return 1")();`,
    code: "exception",
    at: "new Function(",
    message: /EvalError/,
  },
  {
    name: "evaluates a string",
    text: `${HEAD}eval("1 + 1");`,
    code: "exception",
    at: "eval(",
    message: /EvalError/,
  },
  {
    name: "asks for the garbage collector",
    text: `${HEAD}(globalThis as any).gc();`,
    code: "exception",
    at: "(globalThis as any).gc",
    message: /gc is not a function/,
  },
  {
    name: "uses the network",
    text: `${HEAD}fetch("http://localhost");`,
    code: "unavailable-in-analysis",
    at: "fetch(",
    message: /fetch was called/,
  },
  {
    name: "looks for a way out through a constructor",
    text: `${HEAD}(globalThis as any).constructor.constructor("return process")();`,
    code: "exception",
    at: "(globalThis as any).constructor.constructor(",
    message: /EvalError/,
  },
  {
    name: "looks for a way out through import()",
    text: `${HEAD}const name = "node:" + "fs";\nvoid import(name).then((fs) => fs.writeFileSync("x", ""));`,
    code: "unavailable-in-analysis",
    at: "fs.writeFileSync(",
    message: /node:fs\.writeFileSync was called/,
    isComplete: true,
  },
  {
    name: "names a layer that does not exist",
    text: `${HEAD}(layers as any).dence(3);`,
    code: "unknown-name",
    at: "dence(3)",
    message: /no layers\.dence\. Did you mean layers\.dense\?/,
    isComplete: true,
  },
  {
    name: "has an own layer that throws when it is asked for its FLOPs",
    text: `${HEAD}class Odd extends Layer { flops(): number { throw new Error("none"); } call(x: any) { return x; } }\nsequential({ inputShape: [4] }, [new Odd()]);`,
    code: "layer-call-failed",
    at: "sequential({ inputShape: [4] }, [new Odd",
    message: /cannot be described: none/,
    isComplete: true,
  },
  {
    name: "puts a model into itself",
    text: `${HEAD}const m = sequential({ inputShape: [4] });\nm.add(m as any);`,
    code: "invalid-argument",
    at: "sequential({ inputShape: [4] });",
    message: /cannot be a layer of itself/,
  },
  {
    name: "fills the memory",
    text: `${HEAD}const all: number[][] = [];\nfor (;;) all.push(new Array(1e6).fill(1));`,
    code: "evaluation-crashed",
    at: "import",
    message: /very large dimensions and arrays/,
    keepsNumbers: false,
    timeLimit: 600_000,
  },
  {
    name: "asks for an enormous layer",
    text: `${HEAD}class Big extends Layer { call(x: any) { return tf.zeros([2 ** 40]); } }\nsequential({ inputShape: [4] }, [new Big()]);`,
    code: "layer-call-failed",
    at: "tf.zeros",
    message: /Big/,
    isComplete: true,
  },
];

describe("a model file that", () => {
  const { analyzer, folder } = provideAnalyzer();
  test.each(BAD_INPUTS)(
    "$name ends in one diagnostic",
    async ({ text, code, at, message, keepsNumbers = true, isComplete = false, timeLimit }) => {
      const file = folder.write("bad.model.ts", text);
      const { analysis, complete } = await analyzer.analyze(file, { timeLimit });
      expect(analysis.diagnostics).toEqual([
        expect.objectContaining({
          severity: "error",
          code,
          message: expect.stringMatching(message) as string,
          file,
          ...positionOf(text, at),
        }),
      ]);
      expect(analysis.models.map(({ name, totals }) => [name, totals.params]).slice(0, 1)).toEqual(
        keepsNumbers ? [["good", 15]] : [],
      );
      if (code !== "no-model") expect(complete).toBe(isComplete);
      // The next request finds an analyzer in order.
      const next = await analyzer.analyze(folder.write("good.model.ts", HEAD));
      expect(next.analysis).toMatchObject({ diagnostics: [], models: [{ name: "good", totals: { params: 15 } }] });
    },
  );

  test("catches the refusal of what it called gets a warning that names the call", async () => {
    const text = `import * as fs from "node:fs";\n${HEAD}try { fs.readFileSync("a"); } catch {}\nvoid fetch("b").catch(() => undefined);\n`;
    const { analysis } = await analyzer.analyze(
      folder.write("caught.model.ts", text.replace("void fetch", "try { fetch") + "} catch {}"),
    );
    expect(analysis.diagnostics).toMatchObject([
      {
        severity: "warning",
        code: "unavailable-in-analysis",
        ...positionOf(text, "fs.readFileSync("),
        message: expect.stringMatching(/^node:fs\.readFileSync/) as string,
      },
      { severity: "warning", code: "unavailable-in-analysis", message: expect.stringMatching(/^fetch/) as string },
    ]);
  });

  test("does not exist ends in one diagnostic", async () => {
    const { analysis } = await analyzer.analyze(`${folder.path}/nowhere.model.ts`);
    expect(analysis.diagnostics).toEqual([expect.objectContaining({ code: "missing-file", line: 1, column: 1 })]);
  });
});
