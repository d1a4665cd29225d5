import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { runScript } from "./lib/steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Writes what the extension contributes (src/extension/contributions) into package.json. */
async function generateManifest() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ["src/extension/contributions/manifest.ts"],
    bundle: true,
    format: "esm",
    write: false,
  });
  const script = Buffer.from(outputFiles[0]?.contents ?? "").toString("base64");
  const { manifest } = await import(`data:text/javascript;base64,${script}`);
  const file = new URL("../package.json", import.meta.url);
  const current = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, `${JSON.stringify({ ...current, ...manifest }, undefined, 2)}\n`);
}

await runScript(generateManifest);
