import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fillTemplate, identifierOf, isModelName, templates } from "../../../src/extension/project/modelTemplate";
import { addPaths, findUp, newTsconfig, resolvesLayerwise } from "../../../src/extension/project/tsconfig";
import { copyTypes } from "../../../src/extension/project/typesCopy";

let home: string;
beforeEach(async () => (home = await mkdtemp(join(tmpdir(), "layerwise-project-"))));
afterEach(() => rm(home, { recursive: true }));

async function write(path: string, text: string): Promise<string> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
  return join(home, path);
}

describe("a project file", () => {
  it("has relative paths and no baseUrl", () => {
    const { compilerOptions } = JSON.parse(newTsconfig(join(home, ".layerwise/types"), home)) as {
      compilerOptions: Record<string, unknown>;
    };
    expect(compilerOptions.paths).toEqual({
      layerwise: ["./.layerwise/types/layerwise/index.d.ts"],
      "layerwise/datasets": ["./.layerwise/types/layerwise/datasets.d.ts"],
    });
    expect(compilerOptions).not.toHaveProperty("baseUrl");
  });

  it("is found from the model file's folder up to the workspace folder, and no further", async () => {
    const outer = await write("tsconfig.json", "{}");
    const inner = await write("a/tsconfig.json", "{}");
    await mkdir(join(home, "a/b"));
    expect(await findUp(["tsconfig.json"], join(home, "a/b"), home)).toBe(inner);
    expect(await findUp(["tsconfig.json"], home, home)).toBe(outer);
    expect(await findUp(["tsconfig.json"], join(home, "c"), join(home, "c"))).toBeUndefined();
  });

  it("knows layerwise by its own paths, or by those it extends", async () => {
    await write("base.json", '{ "compilerOptions": { "paths": { "layerwise": ["./x"] } } }');
    expect(await resolvesLayerwise(await write("a/tsconfig.json", '{ /* base */ "extends": "../base" }'))).toBe(true);
    expect(
      await resolvesLayerwise(
        await write("b/tsconfig.json", '{ "extends": ["../base.json"], "compilerOptions": { "paths": {} } }'),
      ),
    ).toBe(false);
    expect(await resolvesLayerwise(await write("c/tsconfig.json", "not JSON"))).toBe(false);
    expect(await resolvesLayerwise(join(home, "missing.json"))).toBe(false);
  });

  it("keeps its comments when paths are added", () => {
    const text = '{\n  // Ours.\n  "compilerOptions": { "strict": true },\n}\n';
    const proposal = addPaths(text, join(home, ".layerwise/types"), join(home, "models"));
    expect(proposal).toContain("// Ours.");
    expect(proposal).toContain('"../.layerwise/types/layerwise/index.d.ts"');
    expect(addPaths("{", home, home)).toBeUndefined();
  });
});

describe("the declarations", () => {
  it("are copied, and only when they differ", async () => {
    await write("dist/types/layerwise/index.d.ts", "export {};");
    const target = await copyTypes(join(home, "dist/types"), join(home, "workspace"));
    const copy = join(target, "layerwise/index.d.ts");
    expect(await readFile(copy, "utf8")).toBe("export {};");
    const before = (await stat(copy)).ino;
    await copyTypes(join(home, "dist/types"), join(home, "workspace"));
    expect((await stat(copy)).ino).toBe(before);
    await write("dist/types/layerwise/index.d.ts", "export const tf: 1;");
    await write("workspace/.layerwise/types/stale.d.ts", "");
    await copyTypes(join(home, "dist/types"), join(home, "workspace"));
    expect(await readFile(copy, "utf8")).toBe("export const tf: 1;");
    await expect(stat(join(target, "stale.d.ts"))).rejects.toThrow("ENOENT");
  });
});

describe("a new model file", () => {
  it("names its export after the file", () => {
    expect(["mlp", "fashion-mnist", "my_cnn", "3d-net"].map(identifierOf)).toEqual([
      "mlp",
      "fashionMnist",
      "myCnn",
      "model3dNet",
    ]);
  });

  it("is a template whose model has its name", async () => {
    const folder = join(import.meta.dirname, "../../../media/templates");
    const names = (await readdir(folder)).filter((file) => file.endsWith(".model.ts"));
    expect(names.sort()).toEqual(templates.map(({ file }) => `${file}.model.ts`).sort());
    for (const file of names) {
      const text = fillTemplate(await readFile(join(folder, file), "utf8"), "my-net");
      expect(text).toMatch(/export const myNet = (sequential|model)\(\{\s*name: "my-net"/);
      expect(text).toContain("export default train(myNet, {");
      expect(text).not.toMatch(/\bnetwork\b/);
    }
  });

  it("has a name that is one on every file system", () => {
    expect(["mlp", "fashion-mnist"].every(isModelName)).toBe(true);
    expect(["", "a/b", "../x", ".hidden", "a b", "ö"].some(isModelName)).toBe(false);
  });
});
