import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { createProjectFolder, projectFolder } from "./projectFolder";

/**
 * Copies the declarations of `layerwise` into a workspace folder, unless the same ones are there: a TypeScript server that uses them is not
 * disturbed.
 *
 * @param source The folder with the declarations.
 * @param home The workspace folder.
 * @returns The folder with the copies.
 * @throws where the folder cannot be written.
 */
export async function copyTypes(source: string, home: string): Promise<string> {
  const target = projectFolder(home, "types");
  const declarations = await readTree(source);
  const present = await readTree(target).catch(() => undefined);
  if (present !== undefined && isEqual(declarations, present)) return target;
  await createProjectFolder(home, "types");
  await rm(target, { recursive: true, force: true });
  for (const [path, text] of declarations) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), text);
  }
  return target;
}

async function readTree(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file, "utf8")] as const)));
}

function isEqual(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
