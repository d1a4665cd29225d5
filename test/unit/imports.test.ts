import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface Room {
  /** The rooms it may import, as ARCHITECTURE.md names them. */
  rooms: readonly string[];
  packages: readonly string[];
  /** Whether it runs in Node. */
  node: boolean;
}

const pure = (rooms: readonly string[], packages: readonly string[]): Room => ({ rooms, packages, node: false });
const node = (rooms: readonly string[], packages: readonly string[]): Room => ({ rooms, packages, node: true });

/** ARCHITECTURE.md's table. A room inside another comes first. */
const ROOMS: Readonly<Record<string, Room>> = {
  protocol: pure([], ["zod"]),
  format: pure(["protocol"], []),
  nn: pure([], ["@tensorflow/tfjs-core"]),
  dsl: pure(["nn"], ["@tensorflow/tfjs-core"]),
  "analysis/bundle": node(["protocol"], ["esbuild", "@jridgewell/trace-mapping"]),
  "analysis/realm": pure(
    ["protocol", "dsl", "nn", "analysis", "analysis/bundle"],
    ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"],
  ),
  analysis: node(["protocol", "client", "analysis/bundle"], ["zod", "@babel/parser"]),
  engine: node(
    [],
    [
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-node-gpu",
      "@tensorflow/tfjs-backend-cpu",
      "@tensorflow/tfjs-backend-wasm",
      "koffi",
    ],
  ),
  training: node(["protocol", "dsl", "nn", "engine", "analysis/bundle"], ["zod", "@tensorflow/tfjs-core", "csv-parse"]),
  client: node(["protocol"], ["zod"]),
  extension: node(["protocol", "format", "client"], ["vscode", "zod", "csv-parse", "jsonc-parser", "mathjax-full"]),
  cli: node(["protocol", "format", "client"], ["commander"]),
  webview: pure(
    ["protocol", "format"],
    ["preact", "@preact/signals", "uplot", "@dagrejs/dagre", "@vscode/codicons", "@vscode/webview-ui-toolkit"],
  ),
};

interface Import {
  file: string;
  from: string;
  specifier: string;
}

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

const pathOf = (room: string): string => (room === "webview" ? room : `src/${room}`);

function roomOf(file: string): string | undefined {
  return Object.keys(ROOMS).find((room) => file.startsWith(`${pathOf(room)}/`));
}

function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => ({ file, from: roomOf(file) ?? "nowhere", specifier: fileName }));
}

/** What is wrong with an import; undefined when nothing is. */
function objection({ file, from, specifier }: Import): string | undefined {
  const room = ROOMS[from];
  if (room === undefined) return `${file} lies in no room`;
  if (specifier.startsWith(".")) {
    const target = relative(ROOT, resolve(ROOT, dirname(file), specifier))
      .split(sep)
      .join("/");
    if (target === "package.json") return undefined;
    const to = roomOf(`${target}/`) ?? target;
    return to === from || room.rooms.includes(to) ? undefined : `${file}: ${from} must not import ${to} (${specifier})`;
  }
  if (specifier.startsWith("node:") || builtinModules.includes(specifier)) {
    return room.node ? undefined : `${file}: ${from} does not run in Node and must not import ${specifier}`;
  }
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return room.packages.includes(name) ? undefined : `${file}: ${from} must not import the package ${name}`;
}

const files = [...filesOf("src"), ...filesOf("webview")];

describe("imports", () => {
  test("point only where ARCHITECTURE.md allows", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(
      files
        .flatMap(importsOf)
        .map(objection)
        .filter((found) => found !== undefined),
    ).toEqual([]);
  });

  test.each([
    ["src/nn/layer.ts", "../dsl", "nn must not import dsl"],
    ["src/cli/main.ts", "../training/main", "cli must not import training"],
    ["src/training/main.ts", "../analysis/analyzer/analyzer", "training must not import analysis"],
    ["src/dsl/index.ts", "node:fs", "does not run in Node"],
    ["webview/main.tsx", "vscode", "must not import the package vscode"],
    ["src/extension/main.ts", "koffi", "must not import the package koffi"],
  ])("a wrong arrow is found: %s → %s", (file, specifier, message) => {
    expect(objection({ file, from: roomOf(file)!, specifier })).toContain(message);
  });

  test("ARCHITECTURE.md's table says the same", () => {
    const table = new Map(
      [...readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8").matchAll(/^\| `(?:src\/)?([\w/]+)` \|.*\| ([^|]*) \|$/gm)].map(
        ([, room = "", allowed = ""]) => [room, allowed.split(",").map((name) => name.trim().replaceAll("`", ""))],
      ),
    );
    expect([...table.keys()].sort()).toEqual(Object.keys(ROOMS).sort());
    for (const [room, { rooms }] of Object.entries(ROOMS)) {
      expect(
        table
          .get(room)
          ?.filter((name) => name in ROOMS)
          .sort(),
        room,
      ).toEqual([...rooms].sort());
    }
  });
});

describe("each room is checked for its own runtime", () => {
  /** Which configuration checks a room, by the globals that it may use. */
  test.each([
    ["src/tsconfig.pure.json", [], ["ES2024"]],
    ["src/tsconfig.json", ["node"], ["ES2024"]],
    ["webview/tsconfig.json", [], ["ES2024", "DOM", "DOM.Iterable"]],
  ])("%s", (path, types, lib) => {
    const { config } = ts.readConfigFile(join(ROOT, path), (name) => readFileSync(name, "utf8")) as {
      config: { compilerOptions: { types?: string[]; lib: string[] }; include: string[] };
    };
    expect(config.compilerOptions.types ?? []).toEqual(types);
    expect(config.compilerOptions.lib).toEqual(lib);
    const checked = path.startsWith("webview") ? ["webview"] : config.include;
    const expected = Object.keys(ROOMS).filter(
      (room) => ROOMS[room]!.node === types.includes("node") && (room === "webview") === path.startsWith("webview"),
    );
    expect(expected.filter((room) => !checked.some((folder) => room === folder || room.startsWith(`${folder}/`)))).toEqual([]);
  });
});
