import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";
import * as z from "zod/mini";

const Tsconfig = z.object({
  extends: z.optional(z.union([z.string(), z.array(z.string())])),
  compilerOptions: z.optional(z.object({ paths: z.optional(z.record(z.string(), z.array(z.string()))) })),
});

/** What a model file imports, and where its declarations lie within the types folder. */
const MODULES = { layerwise: "layerwise/index.d.ts", "layerwise/datasets": "layerwise/datasets.d.ts" };

/** The nearest of these files from a folder up to `home`, as the TypeScript server looks for them; undefined if there is none. */
export async function findUp(names: readonly string[], from: string, home: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of names) if ((await readText(join(folder, name))) !== undefined) return join(folder, name);
    if (folder === home || folder === dirname(folder)) return undefined;
  }
}

/** Whether a project file, or one that it extends by a relative path, says where `layerwise` is declared. */
export async function resolvesLayerwise(path: string): Promise<boolean> {
  const config = Tsconfig.safeParse(parse((await readText(path)) ?? "{}"));
  if (!config.success) return false;
  if (config.data.compilerOptions?.paths !== undefined) return "layerwise" in config.data.compilerOptions.paths;
  for (const base of [config.data.extends ?? []].flat()) {
    if (!base.startsWith(".") && !isAbsolute(base)) continue;
    const target = isAbsolute(base) ? base : join(dirname(path), base);
    if (await resolvesLayerwise(target.endsWith(".json") ? target : `${target}.json`)) return true;
  }
  return false;
}

/** A project file for a folder that has none. Its paths are relative: TypeScript 7 takes no others, and no `baseUrl`. */
export function newTsconfig(typesFolder: string, folder: string): string {
  const compilerOptions = {
    target: "ES2023",
    lib: ["ES2023"],
    module: "ESNext",
    moduleResolution: "Bundler",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    paths: modulePaths(typesFolder, folder),
  };
  return `${JSON.stringify({ compilerOptions, include: ["**/*.ts"] }, undefined, 2)}\n`;
}

/** A project file with the paths to `layerwise` added, comments and all; undefined if it cannot be parsed. */
export function addPaths(text: string, typesFolder: string, folder: string): string | undefined {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return undefined;
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  return Object.entries(modulePaths(typesFolder, folder)).reduce(
    (edited, [name, path]) => applyEdits(edited, modify(edited, ["compilerOptions", "paths", name], path, { formattingOptions })),
    text,
  );
}

function modulePaths(typesFolder: string, folder: string): Record<string, string[]> {
  const path = (file: string): string => {
    const target = relative(folder, join(typesFolder, file)).split(sep).join("/");
    return target.startsWith(".") ? `./${target}`.replace("./../", "../") : `./${target}`;
  };
  return Object.fromEntries(Object.entries(MODULES).map(([name, file]) => [name, [path(file)]]));
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
