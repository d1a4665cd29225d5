import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../engine/cacheFolder";
import { TrainingError } from "../errors";
import { numberAt, readCsvTable } from "./csv";
import { readDataFile } from "./files";
import { readIdx } from "./idx";
import type { Column, Samples, SourceSamples } from "./samples";

type Reader = (folder: DatasetFolder) => Promise<Omit<SourceSamples, "title">>;

const READERS: Readonly<Record<string, Reader>> = {
  mnist: readMnist,
  "fashion-mnist": readMnist,
  digits: readDigits,
  iris: readIris,
  blosum62: readBlosum62,
};

/**
 * Reads a data set by the name of its folder in the cache's `datasets`; the environment's `LAYERWISE_DATASETS` names another place for
 * these folders.
 *
 * @throws TrainingError saying how to get the data set where it is not there.
 */
export async function readNamed(name: string): Promise<SourceSamples> {
  const read = READERS[name];
  if (read === undefined) {
    throw new TrainingError(`There is no data set "${name}"; expected one of ${Object.keys(READERS).join(", ")}.`);
  }
  return { title: name, ...(await read(new DatasetFolder(name))) };
}

class DatasetFolder {
  private readonly path: string;

  constructor(private readonly name: string) {
    this.path = join(process.env["LAYERWISE_DATASETS"] ?? join(cacheFolder(), "datasets"), name);
  }

  /** The file's path, packed or not. */
  file(name: string): string {
    const found = [join(this.path, name), join(this.path, `${name}.gz`)].find((path) => existsSync(path));
    if (found !== undefined) return found;
    throw new TrainingError(
      `The data set ${this.name} is not on this computer: ${join(this.path, name)} is missing. ` +
        `Get it with: node scripts/install-datasets.mjs ${this.name} (in Layerwise's folder; npm start does it too).`,
    );
  }
}

async function readMnist(folder: DatasetFolder): Promise<{ samples: Samples; test: Samples }> {
  const part = async (prefix: string): Promise<Samples> => {
    const images = folder.file(`${prefix}-images-idx3-ubyte`);
    const labels = folder.file(`${prefix}-labels-idx1-ubyte`);
    const [x, y] = await Promise.all([readIdx(images), readIdx(labels)]);
    const [count = 0, ...shape] = x.shape;
    if (y.shape.length !== 1 || y.shape[0] !== count) {
      throw new TrainingError(
        `${images} holds ${count} images, ${labels} labels of shape (${y.shape.join(", ")}); expected as many. Fetch them again.`,
      );
    }
    return oneToOne({ values: x.values, shape }, y.values, count);
  };
  return { samples: await part("train"), test: await part("t10k") };
}

/** 8 × 8 pixels of 0 … 16 and the digit, 65 numbers a line. */
async function readDigits(folder: DatasetFolder): Promise<{ samples: Samples }> {
  const table = await readCsvTable(folder.file("digits.csv"), { header: false });
  const count = table.rows.length;
  const pixels = table.columns - 1;
  const x = new Float32Array(count * pixels);
  const y = new Int32Array(count);
  table.rows.forEach((row, sample) => {
    for (let pixel = 0; pixel < pixels; pixel++) x[sample * pixels + pixel] = numberAt(table, row, pixel);
    y[sample] = numberAt(table, row, pixels);
  });
  return { samples: oneToOne({ values: x, shape: [pixels] }, y, count) };
}

/** Four measures in centimetres and the species, numbered in order of appearance. */
async function readIris(folder: DatasetFolder): Promise<{ samples: Samples }> {
  const table = await readCsvTable(folder.file("iris.csv"));
  const features = table.columns - 1;
  const species = [...new Set(table.rows.map(({ cells }) => cells[features]))];
  const x = Float32Array.from(
    table.rows.flatMap((row) => Array.from({ length: features }, (_, feature) => numberAt(table, row, feature))),
  );
  const y = Int32Array.from(table.rows, ({ cells }) => species.indexOf(cells[features]));
  return { samples: oneToOne({ values: x, shape: [features] }, y, table.rows.length) };
}

const AMINO_ACIDS = 20;

/** The scores of all ordered pairs of two different amino acids among the matrix's first 20 rows: inputs `i` and `j`, one number each. */
async function readBlosum62(folder: DatasetFolder): Promise<{ samples: Samples }> {
  const path = folder.file("BLOSUM62");
  const text = (await readDataFile(path)).toString("utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const rows = lines.slice(1).map((line) => line.trim().split(/\s+/).slice(1).map(Number));
  const pairs = Array.from(
    { length: AMINO_ACIDS ** 2 },
    (_, pair) => [Math.floor(pair / AMINO_ACIDS), pair % AMINO_ACIDS] as const,
  );
  const different = pairs.filter(([i, j]) => i !== j);
  const scores = different.map(([i, j]) => rows[i]?.[j] ?? Number.NaN);
  if (scores.some((score) => !Number.isFinite(score))) {
    throw new TrainingError(`${path} is not a substitution matrix of at least ${AMINO_ACIDS} amino acids. Fetch it again.`);
  }
  const input = (name: string, index: 0 | 1): Column => ({
    name,
    values: Int32Array.from(different, (pair) => pair[index]),
    shape: [1],
  });
  return {
    samples: {
      x: [input("i", 0), input("j", 1)],
      y: [{ name: undefined, values: Float32Array.from(scores), shape: [] }],
      count: different.length,
    },
  };
}

/** Samples of one input and one number as label. */
function oneToOne(x: Pick<Column, "values" | "shape">, y: Column["values"], count: number): Samples {
  return { x: [{ name: undefined, ...x }], y: [{ name: undefined, values: y, shape: [] }], count };
}
