import { createRequire } from "node:module";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { runScript } from "./lib/steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TFJS = join(ROOT, "node_modules/@tensorflow/tfjs-core/dist");
const CHAINED_OPERATIONS = "public/chained_ops";

/**
 * Writes the declarations of `layerwise` and `layerwise/datasets`, which need nothing besides themselves: a folder that holds a model file
 * and these checks and completes it.
 *
 * @param {string} folder Gets the folder `layerwise`.
 */
export async function buildTypes(folder) {
  const target = join(folder, "layerwise");
  await mkdir(join(ROOT, "out"), { recursive: true });
  const stage = await mkdtemp(join(ROOT, "out", "types-"));
  try {
    await stageTensorFlow(join(stage, "tfjs-core"));
    await writeFile(join(stage, "platform.d.ts"), declarePlatform(PLATFORM));
    const project = join(stage, "tsconfig.json");
    await writeFile(project, JSON.stringify(projectOf(stage)));
    const index = bundle(join(ROOT, "src/dsl/index.ts"), project);
    const used = PLATFORM.filter((name) => new RegExp(`\\b${name.replace("<T>", "")}\\b`).test(index));
    await mkdir(target, { recursive: true });
    await replaceFile(join(target, "index.d.ts"), `${declarePlatform(used)}\n${CONSOLE}\n${index}`);
    await replaceFile(join(target, "datasets.d.ts"), `export { ${(await datasetNames()).join(", ")} } from "./index";\n`);
    await replaceFile(join(target, "package.json"), `${JSON.stringify(await manifest(), null, 2)}\n`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/**
 * @param {string} entry
 * @param {string} project The path of its tsconfig.
 * @returns {string}
 */
function bundle(entry, project) {
  const require = createRequire(import.meta.url);
  const main = require.resolve("dts-bundle-generator");
  const nodes = require(join(dirname(main), "helpers/typescript.js"));
  const recreate = nodes.recreateRootLevelNodeWithModifiers;
  // The generator keeps comments of exported declarations alone, but a member of a namespace (`layers.dense`) is documented in its own.
  nodes.recreateRootLevelNodeWithModifiers = (/** @type {unknown[]} */ ...[node, modifiers, name]) =>
    recreate(node, modifiers, name, true);
  try {
    const { generateDtsBundle } = /** @type {typeof import("dts-bundle-generator")} */ (require(main));
    const output = { noBanner: true, sortNodes: false, exportReferencedTypes: false };
    const [text = ""] = generateDtsBundle([{ filePath: entry, output }], { preferredConfigPath: project });
    return text;
  } finally {
    nodes.recreateRootLevelNodeWithModifiers = recreate;
  }
}

/** @param {string} stage */
function projectOf(stage) {
  return {
    extends: relative(stage, join(ROOT, "tsconfig.base.json")),
    compilerOptions: {
      incremental: false,
      noEmit: false,
      declaration: true,
      // Outside node_modules: the generator puts it into the bundle as it does our own.
      paths: {
        "@tensorflow/tfjs-core": ["./tfjs-core/index.d.ts"],
        "@tensorflow/tfjs-core/dist/*": ["./tfjs-core/*"],
      },
      lib: ["ES2024"],
    },
    files: [relative(stage, join(ROOT, "src/dsl/index.ts")), "./platform.d.ts"],
  };
}

/** What tfjs-core's declarations name of browsers, which a model file's folder need not know: it has no use for it. */
const PLATFORM = [
  "ImageData",
  "HTMLImageElement",
  "HTMLCanvasElement",
  "HTMLVideoElement",
  "ImageBitmap",
  "OffscreenCanvas",
  "WebGLTexture",
  "GPUBuffer",
  "WebGLContextAttributes",
  "HTMLSourceElement",
  "Navigator",
  "ReadableStream<T>",
  "RequestInit",
  "Response",
  "File",
  "Long",
];

/** Model files may print. An interface, because it merges with the one that the DOM's and Node's declarations give to `console`. */
const CONSOLE = `declare global {
  interface Console {
${["log", "info", "warn", "error"].map((name) => `    ${name}(...data: unknown[]): void;\n`).join("")}    table(data: unknown, columns?: string[]): void;
  }
  var console: Console;
}
`;

/**
 * Copies tfjs-core's declarations. The chained operations (`x.sub(y)`) augment a module by its relative path, which a bundle cannot express: they become
 * part of the class's own file.
 *
 * @param {string} folder
 */
async function stageTensorFlow(folder) {
  const files = (await readdir(TFJS, { recursive: true })).filter(
    (file) => file.endsWith(".d.ts") && !file.endsWith("_test.d.ts"),
  );
  /** @type {string[]} */
  const chained = [];
  for (const file of files.sort()) {
    const path = file.split(sep).join("/");
    const text = await readFile(join(TFJS, file), "utf8");
    const isChained = path.startsWith(`${CHAINED_OPERATIONS}/`);
    if (isChained) chained.push(text);
    await write(join(folder, path), isChained ? "export {};\n" : selfContained(text));
  }
  const tensor = join(folder, "tensor.d.ts");
  const merged = mergeChainedOperations(await readFile(tensor, "utf8"), chained);
  await writeFile(tensor, merged);
}

function declarePlatform(/** @type {readonly string[]} */ names) {
  return names.map((name) => `type ${name} = object;\n`).join("");
}

/** Without what points outside: `@webgpu/types`, and the browser's `fetch`. */
function selfContained(/** @type {string} */ text) {
  return text
    .replace(/^\/\/\/ <(?:reference|amd-module) .*$/gm, "")
    .replaceAll("typeof fetch", "(...request: unknown[]) => Promise<unknown>");
}

/**
 * @param {string} tensor The text of `tensor.d.ts`.
 * @param {readonly string[]} chained The text of each chained operation's file.
 */
function mergeChainedOperations(tensor, chained) {
  const known = new Set([...tensor.matchAll(/\b(?:class|interface|type) (\w+)/g)].map(([, name]) => name));
  for (const name of namesImportedBy(tensor)) known.add(name);
  /** @type {string[]} */
  const imports = [];
  /** @type {string[]} */
  const members = [];
  for (const text of chained) {
    for (const [, names = "", module = ""] of text.matchAll(/^import \{ ([^}]*) \} from '\.\.\/\.\.\/([^']*)';$/gm)) {
      const fresh = names.split(", ").filter((name) => !known.has(name));
      if (fresh.length > 0) imports.push(`import { ${fresh.join(", ")} } from './${module}';`);
      for (const name of fresh) known.add(name);
    }
    members.push(/interface Tensor<R extends Rank = Rank> \{\n([\s\S]*?)\n    \}\n\}/.exec(text)?.[1] ?? "");
  }
  const head = "export declare class Tensor<R extends Rank = Rank> implements TensorInfo {\n";
  if (!tensor.includes(head)) throw new Error("tfjs-core declares its class Tensor otherwise than this script expects.");
  return `${imports.join("\n")}\n${tensor.replace(head, `${head}${members.join("\n")}\n`)}`;
}

/** @param {string} text */
function namesImportedBy(text) {
  return [...text.matchAll(/^import \{ ([^}]*) \}/gm)].flatMap(([, names = ""]) => names.split(", "));
}

async function datasetNames() {
  const source = await readFile(join(ROOT, "src/dsl/datasets.ts"), "utf8");
  return [...source.matchAll(/^export function (\w+)/gm)].map(([, name]) => name ?? "");
}

async function manifest() {
  const { version } = /** @type {{ version: string }} */ (JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")));
  return {
    name: "layerwise",
    version,
    types: "./index.d.ts",
    exports: { ".": { types: "./index.d.ts" }, "./datasets": { types: "./datasets.d.ts" } },
  };
}

/** An editor may read the declarations while they are being built. */
async function replaceFile(/** @type {string} */ path, /** @type {string} */ text) {
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, text);
  await rename(fresh, path);
}

async function write(/** @type {string} */ path, /** @type {string} */ text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runScript(() => buildTypes(join(ROOT, "dist/types")));
