import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

const PROGRAM = `
  import { startEngine } from "./src/engine";
  import * as tf from "@tensorflow/tfjs-core";

  async function main(): Promise<void> {
    const { name } = await startEngine({ engine: "tensorflow" });
    const gradient = tf.grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([1, 2]));
    console.log(JSON.stringify({ name, gradient: Array.from(gradient.dataSync()) }));
  }
  void main();
`;

let folder: string;
let bundle: string;
let inputs: string[];

// Bundled as the trainer is, in a folder from which koffi is found.
beforeAll(async () => {
  mkdirSync(join(ROOT, "out"), { recursive: true });
  folder = mkdtempSync(join(ROOT, "out", "engine-bundle-"));
  bundle = join(folder, "program.cjs");
  const { metafile } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: PROGRAM, loader: "ts", resolveDir: ROOT },
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    keepNames: true,
    mainFields: ["module", "main"],
    define: { "import.meta.dirname": "__dirname" },
    external: ["koffi"],
    alias: { "@tensorflow/tfjs": "./src/engine/tfjsUnion.ts" },
    metafile: true,
  });
  inputs = Object.keys(metafile.inputs);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a process that used TensorFlow prints nothing of its own and ends cleanly", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [bundle]);
  expect(JSON.parse(stdout)).toEqual({ name: "tensorflow", gradient: [2, 4] });
});

test("there is one tfjs-core, and nothing of tfjs-layers", () => {
  expect(inputs).toContain("node_modules/@tensorflow/tfjs-core/dist/index.js");
  expect(inputs.filter((path) => /tf-core\.|tfjs-layers|tfjs-data|webgl/.test(path))).toEqual([]);
});
