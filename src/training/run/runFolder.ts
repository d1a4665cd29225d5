import { randomBytes } from "node:crypto";
import { access, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import type { EpochEvent, Float, RunFile } from "../../protocol";
import { systemCode } from "../errors";
import { appendToFile, makeFolder, removeUnfinished, replaceFile, writing } from "./files";
import { encodeSafetensors, readSafetensors, type SavedTensor } from "./safetensors";

/** The checkpoint that a run is resumed from. */
export const RESUME = "resume";

const HISTORY = "history.csv";

export interface RunSource {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

/** The folder of one run: what it is, its sources, its history, its weights. */
export class RunFolder {
  private columns: readonly string[] | undefined;

  private constructor(
    /** The run's identity. */
    readonly name: string,
    /** Absolute. */
    readonly path: string,
  ) {}

  /**
   * Makes `<UTC>-<model>-<random>` in the folder of runs; where that lies in `.layerwise`, Git is told to ignore it.
   *
   * @throws TrainingError where nothing can be written there.
   */
  static async create(runsFolder: string, model: string, now: Date): Promise<RunFolder> {
    const time = now
      .toISOString()
      .replace(/\.\d+Z$/, "Z")
      .replace(/[-:]/g, "");
    const name = `${time}-${model.replace(/[^\w.-]+/g, "_")}-${randomBytes(3).toString("hex")}`;
    const path = join(runsFolder, name);
    for (const folder of [path, join(path, "sources"), join(path, "checkpoints")])
      await writing(folder, () => makeFolder(folder));
    if (basename(dirname(runsFolder)) === ".layerwise") await ignoreInGit(dirname(runsFolder));
    return new RunFolder(name, path);
  }

  /** The folder of a run that goes on. */
  static open(path: string, name: string): RunFolder {
    return new RunFolder(name, path);
  }

  async write(run: RunFile): Promise<void> {
    await replaceFile(join(this.path, "run.json"), `${JSON.stringify(run, null, 2)}\n`);
  }

  /** Copies the model's source files into `sources`, numbered where two have one name. */
  async copySources(sources: readonly RunSource[], modelFile: string): Promise<RunFile["sources"]> {
    const taken = new Set<string>();
    const copies = sources.map(({ path, text, sha256 }) => {
      const extension = extname(path);
      const stem = basename(path, extension);
      let copy = `sources/${stem}${extension}`;
      for (let number = 2; taken.has(copy); number++) copy = `sources/${stem}-${number}${extension}`;
      taken.add(copy);
      return { text, entry: { path: sourcePath(path, modelFile), copy, sha256 } };
    });
    for (const { text, entry } of copies) await replaceFile(join(this.path, entry.copy), text);
    return copies.map(({ entry }) => entry);
  }

  /** Adds a line to `history.csv`; the first epoch brings the header. */
  async appendHistory(event: EpochEvent): Promise<void> {
    const { epoch, loss, valLoss, metrics, learningRate, seconds } = event;
    const values: Readonly<Record<string, Float>> = {
      epoch,
      loss,
      ...(valLoss === null ? {} : { valLoss }),
      ...metrics,
      learningRate,
      seconds,
    };
    const isFirst = this.columns === undefined;
    this.columns ??= Object.keys(values);
    const line = this.columns.map((column) => String(values[column] ?? "")).join(",");
    await appendToFile(join(this.path, HISTORY), `${isFirst ? `${this.columns.join(",")}\n` : ""}${line}\n`);
  }

  /** Takes away what a killed trainer left unfinished, and what the resumed run tells again: the epochs from `epoch` on. */
  async prepareToResume(epoch: number): Promise<void> {
    for (const folder of [this.path, join(this.path, "checkpoints")]) await removeUnfinished(folder);
    await this.cutHistory(epoch);
  }

  private async cutHistory(epoch: number): Promise<void> {
    const path = join(this.path, HISTORY);
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (systemCode(error) === "ENOENT") return "";
      throw error;
    });
    const [header, ...lines] = text.split("\n");
    const kept = lines.filter((line) => line !== "" && Number.parseInt(line, 10) < epoch);
    if (header === undefined || kept.length === 0) {
      await writing(path, () => rm(path, { force: true }));
      return;
    }
    await replaceFile(path, `${[header, ...kept].join("\n")}\n`);
    this.columns = header.split(",");
  }

  /** Takes away what callbacks wrote of a run that starts anew. */
  async removeEvents(): Promise<void> {
    for (const part of ["train", "validation"]) {
      const path = join(this.path, part);
      await writing(path, () => rm(path, { recursive: true, force: true }));
    }
  }

  /** Where the weights saved under a name lie. */
  checkpointPath(name: string): string {
    return join(this.path, "checkpoints", `${name.replace(/[^\w.-]+/g, "_")}.safetensors`);
  }

  async saveWeights(name: string, weights: readonly SavedTensor[], metadata: Readonly<Record<string, string>>): Promise<string> {
    const path = this.checkpointPath(name);
    await replaceFile(path, encodeSafetensors(weights, metadata));
    return path;
  }

  async saveCheckpoint(content: Uint8Array): Promise<void> {
    await replaceFile(this.checkpointPath(RESUME), content);
  }

  hasCheckpoint(): Promise<boolean> {
    return access(this.checkpointPath(RESUME)).then(
      () => true,
      () => false,
    );
  }

  /** A run that has come to its end is not resumed. */
  async removeCheckpoint(): Promise<void> {
    const path = this.checkpointPath(RESUME);
    await writing(path, () => rm(path, { force: true }));
  }

  async loadWeights(name: string): Promise<readonly SavedTensor[]> {
    return (await readSafetensors(this.checkpointPath(name))).tensors;
  }
}

/** As a run names its sources: relative to the model file, with slashes. */
export function sourcePath(path: string, modelFile: string): string {
  return relative(dirname(modelFile), path).replaceAll("\\", "/");
}

async function ignoreInGit(folder: string): Promise<void> {
  const path = join(folder, ".gitignore");
  await writing(path, () =>
    writeFile(path, "*\n", { flag: "wx" }).catch((error: unknown) => {
      if (systemCode(error) !== "EEXIST") throw error;
    }),
  );
}
