import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { newTsconfig } from "../../../src/extension/project/tsconfig";
import { buildTypes } from "../../../scripts/build-types.mjs";
import { LanguageServer } from "./languageServer";

const ROOT = join(import.meta.dirname, "../../..");
const TYPESCRIPT_7 = join(ROOT, "node_modules/typescript7/bin/tsc");

/** A folder that holds nothing but model files, the declarations and a project file, as the extension leaves it. */
const folder = mkdtempSync(join(tmpdir(), "layerwise-types-"));
const scratch = join(folder, "scratch.model.ts");

const PROGRAM = `import { layers, losses, sequential, tf, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";
const dense = layers.dense(10);
export default train(sequential({}, [dense]), { data: fashionMnist(), optimizer: "adam", loss: losses.huber() });
export const square = tf.square(tf.scalar(2)).sub(1);
layers.
`;

beforeAll(async () => {
  await buildTypes(join(folder, ".layerwise/types"));
  cpSync(join(ROOT, "course"), folder, { recursive: true, filter: (path) => !/tsconfig\.json$|from-scratch$/.test(path) });
  writeFileSync(join(folder, "tsconfig.json"), newTsconfig(join(folder, ".layerwise/types"), folder));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the declarations of layerwise", () => {
  it("are three files that import nothing else", () => {
    const types = join(folder, ".layerwise/types/layerwise");
    expect(readdirSync(types).sort()).toEqual(["datasets.d.ts", "index.d.ts", "package.json"]);
    const imported = ["index.d.ts", "datasets.d.ts"].flatMap((file) => [
      ...readFileSync(join(types, file), "utf8").matchAll(/^(?:import|export) .*from ["'](.*)["'];$|^\/\/\/ <reference (.*)/gm),
    ]);
    expect(imported.map(([, module]) => module)).toEqual(["./index"]);
  });

  it.each([
    ["TypeScript 6", join(ROOT, "node_modules/typescript/bin/tsc")],
    ["TypeScript 7", TYPESCRIPT_7],
  ])(
    "check the course's files with %s, themselves included",
    (_, compiler) => {
      const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder, "--skipLibCheck", "false"], {
        encoding: "utf8",
      });
      expect(stdout).toBe("");
      expect(status).toBe(0);
    },
    300_000,
  );

  it.each([
    ["nothing else", { lib: ["ES2023"], types: [] }],
    ["the DOM", { lib: ["ES2023", "DOM"], types: [] }],
    ["Node", { lib: ["ES2023"], types: ["node"] }],
    ["the DOM and Node", { lib: ["ES2023", "DOM"], types: ["node"] }],
  ])(
    "declare a console that stands beside %s",
    (_, environment) => {
      writeFileSync(
        scratch,
        `import { layers } from "layerwise";
console.log(layers.dense(1), 2);
console.info("info"), console.warn("warn"), console.error(new Error("error"));
console.table([{ a: 1 }], ["a"]);
`,
      );
      const project = join(folder, "tsconfig.console.json");
      const compilerOptions = { ...environment, typeRoots: [join(ROOT, "node_modules/@types")], skipLibCheck: false };
      writeFileSync(project, JSON.stringify({ extends: "./tsconfig.json", compilerOptions, include: [], files: [scratch] }));
      const { stdout } = spawnSync(process.execPath, [TYPESCRIPT_7, "-p", project], { encoding: "utf8" });
      rmSync(scratch);
      rmSync(project);
      expect(stdout).toBe("");
    },
    300_000,
  );

  it("refuse what the table of names does not have", () => {
    writeFileSync(scratch, PROGRAM.replace('"adam"', '"adamm"').replace("layers.\n", ""));
    const { stdout } = spawnSync(process.execPath, [TYPESCRIPT_7, "-p", folder], { encoding: "utf8" });
    rmSync(scratch);
    expect(stdout).toContain(`Type '"adamm"' is not assignable to type 'OptimizerLike'`);
  });

  it("complete and document layers with TypeScript 6's language service", () => {
    const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), (path) => ts.sys.readFile(path)) as { config: object };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [scratch],
      getScriptVersion: () => "1",
      getScriptSnapshot: (path) => {
        const text = path === scratch ? PROGRAM : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      readFile: (path) => ts.sys.readFile(path),
      fileExists: (path) => path === scratch || ts.sys.fileExists(path),
      directoryExists: (path) => ts.sys.directoryExists(path),
    });
    const names = service
      .getCompletionsAtPosition(scratch, PROGRAM.lastIndexOf("layers.") + "layers.".length, {})
      ?.entries.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["dense", "conv2d", "lstm", "multiHeadAttention", "lambda", "concatenate"]));
    expect(names).not.toContain("layer");
    const info = service.getQuickInfoAtPosition(scratch, PROGRAM.indexOf("dense(10)"));
    expect(ts.displayPartsToString(info?.displayParts)).toContain("(units: number, options?: DenseOptions");
    expect(ts.displayPartsToString(info?.documentation)).toContain("every unit sees every feature");
    service.dispose();
  });

  it("complete layers with TypeScript 7's language server", async () => {
    const server = new LanguageServer(process.execPath, [TYPESCRIPT_7, "--lsp", "--stdio"]);
    try {
      const uri = pathToFileURL(scratch).href;
      await server.request("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} });
      server.notify("initialized", {});
      server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text: PROGRAM } });
      const line = PROGRAM.split("\n").indexOf("layers.");
      const answer = await server.request("textDocument/completion", {
        textDocument: { uri },
        position: { line, character: "layers.".length },
      });
      const items = z.object({ items: z.array(z.object({ label: z.string() })) }).parse(answer).items;
      expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["dense", "conv2d", "lstm", "multiHeadAttention"]));
    } finally {
      await server.dispose();
    }
  });
});
