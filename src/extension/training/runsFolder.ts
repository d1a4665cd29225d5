import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import * as z from "zod/mini";
import { ModelSummary, RunFile, RunHistory, type EndEvent } from "../../protocol";
import { createProjectFolder, projectFolder } from "../project/projectFolder";
import { parseHistory } from "./historyFile";

const RUN_FILE = "run.json";
const HISTORY_FILE = "history.csv";
/** The network as it was when the run began: the monitor draws it. */
const NETWORK_FILE = "network.json";

/** What the monitor shows besides: only the trainer's owner hears of it. */
const MONITOR_FILE = "monitor.json";

const MonitorFile = z.pick(RunHistory, { stepRecords: true, diagnoses: true });
type MonitorFile = z.infer<typeof MonitorFile>;

/** A run that lies on the disk. */
export interface StoredRun {
  readonly file: RunFile;
  readonly history: RunHistory;
}

/** The folder of a workspace in which its runs lie: `<home>/.layerwise/runs`. */
export class RunsFolder {
  readonly path: string;

  constructor(
    /** Absolute path of the workspace folder. */
    readonly home: string,
    private readonly log: (line: string) => void,
  ) {
    this.path = projectFolder(home, "runs");
  }

  /** @throws where the folder cannot be made. */
  async create(): Promise<void> {
    await createProjectFolder(this.home, "runs");
  }

  /** All runs, the newest first, without their steps. One that cannot be read is left out, and the log says why. */
  async list(): Promise<StoredRun[]> {
    const entries = await readdir(this.path, { withFileTypes: true }).catch(() => []);
    const runs = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => this.#read(name)));
    return runs.filter((run) => run !== undefined).sort((a, b) => b.file.startedAt.localeCompare(a.file.startedAt));
  }

  /** One run; undefined, and a line in the log, if it cannot be read. A network or steps that cannot be read are left out. */
  async read(run: string): Promise<StoredRun | undefined> {
    const stored = await this.#read(run);
    const monitor = stored && (await this.#decoded(join(this.path, run, MONITOR_FILE), MonitorFile));
    return stored && { ...stored, history: { ...stored.history, ...monitor } };
  }

  async #read(run: string): Promise<StoredRun | undefined> {
    try {
      // The name may come from a webview.
      if (basename(run) !== run || run === ".." || run === ".") throw new Error("a run is named by its folder's name alone");
      const folder = join(this.path, run);
      const file = RunFile.parse(JSON.parse(await readFile(join(folder, RUN_FILE), "utf8")));
      const epochs = await readFile(join(folder, HISTORY_FILE), "utf8").catch(() => "");
      const network = await this.#decoded(join(folder, NETWORK_FILE), ModelSummary);
      return { file, history: this.#history(file, epochs, network ?? null) };
    } catch (error) {
      this.log(`The run ${join(this.path, run)} cannot be read and is not listed: ${String(error)}`);
      return undefined;
    }
  }

  async saveNetwork(run: string, network: ModelSummary): Promise<void> {
    await writeFile(join(this.path, run, NETWORK_FILE), JSON.stringify(network));
  }

  /** Keeps what the disk does not have of a run that has ended. */
  async saveMonitor(run: string, { stepRecords, diagnoses }: MonitorFile): Promise<void> {
    await replaceFile(join(this.path, run, MONITOR_FILE), JSON.stringify({ stepRecords, diagnoses } satisfies MonitorFile));
  }

  /** Writes down that a run's trainer has died. */
  async markFailed(run: string, error: string): Promise<void> {
    const path = join(this.path, run, RUN_FILE);
    const file = RunFile.parse(JSON.parse(await readFile(path, "utf8")));
    if (file.state !== "training") return;
    const failed: RunFile = { ...file, state: "failed", error, endedAt: new Date().toISOString(), pid: null };
    await replaceFile(path, `${JSON.stringify(failed, undefined, 2)}\n`);
  }

  async #decoded<T>(path: string, schema: z.ZodMiniType<T>): Promise<T | undefined> {
    try {
      return schema.parse(JSON.parse(await readFile(path, "utf8")));
    } catch (error) {
      if (!isMissing(error)) this.log(`${path} cannot be read and is not shown: ${String(error)}`);
      return undefined;
    }
  }

  #history(file: RunFile, epochs: string, network: ModelSummary | null): RunHistory {
    const { run, model, params, engine, steps, testLoss, test, best } = file;
    const dead = file.state === "training" && !isAlive(file.pid);
    const state = dead ? "failed" : file.state;
    const error = dead ? "The trainer ended unexpectedly." : (file.error ?? undefined);
    const end: EndEvent | null =
      state === "training"
        ? null
        : { event: "end", reason: state, testLoss, test, best, seconds: secondsBetween(file.startedAt, file.endedAt), error };
    return {
      ...{ run, model, params, engine, steps, epochs: file.epochs, state, end },
      file: relative(this.home, file.file),
      stepRecords: [],
      epochEvents: parseHistory(epochs),
      diagnoses: [],
      network,
    };
  }
}

/** Whoever reads the file meanwhile sees the old one or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

function secondsBetween(start: string, end: string | null): number {
  return end === null ? 0 : (Date.parse(end) - Date.parse(start)) / 1000;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function isAlive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
