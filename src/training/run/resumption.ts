import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type EngineDescription, type Reproduction, RunFile, type TrainOptions } from "../../protocol";
import { messageOf, systemCode, UsageError } from "../errors";
import { liveProcess } from "../processIdentity";
import { type Checkpoint, readCheckpoint } from "./checkpoint";
import { RESUME, RunFolder } from "./runFolder";

/** What a run is made from as it is found now. */
export interface FoundProgram extends Pick<RunFile, "versions" | "configuration"> {
  readonly engine: Pick<EngineDescription, "name" | "device">;
  readonly sources: readonly Pick<RunFile["sources"][number], "path" | "sha256">[];
  readonly machine: Pick<Reproduction, "cpu" | "threads" | "oneDnn">;
}

/** A run that ended before its time, with what it takes to go on. */
export class Resumption {
  private constructor(
    readonly folder: RunFolder,
    readonly file: RunFile,
    readonly reproduction: Reproduction,
    /** Undefined where the run ended before its first checkpoint: it starts anew with its seed. */
    readonly checkpoint: Checkpoint | undefined,
  ) {}

  /** @throws UsageError where there is no such run, or it cannot be resumed. */
  static async open(asked: string, { file: modelFile, runsFolder }: TrainOptions): Promise<Resumption> {
    const path = asked === "last" ? await newestOf(modelFile, runsFolder) : pathOf(asked, runsFolder);
    const file = await readRunFile(path).catch((error: unknown) => {
      const there = systemCode(error) === "ENOENT" ? "There is no run" : "The run cannot be read:";
      throw new UsageError(`${there} ${path}${systemCode(error) === "ENOENT" ? "" : ` (${messageOf(error)})`}. ${HOW_TO_NAME}`);
    });
    const { reproduction } = file;
    const obstacle = obstacleOf(file);
    if (obstacle !== undefined) throw refusal(file.run, obstacle);
    if (reproduction === undefined) throw refusal(file.run, "it was made by an earlier version of Layerwise");
    const [main] = file.sources;
    if (main !== undefined && main.path !== basename(modelFile))
      throw refusal(file.run, `it is a run of ${main.path}, not of ${basename(modelFile)}`);
    const folder = RunFolder.open(path, file.run);
    return new Resumption(folder, file, reproduction, await readCheckpointOf(folder, file.run));
  }

  /** @throws UsageError where another process has gone on with the run since {@link open}. */
  async requireUntouched(): Promise<void> {
    const { folder, file } = this;
    if (isDeepStrictEqual(await readRunFile(folder.path), file)) return;
    throw refusal(file.run, "another process has gone on with it meanwhile");
  }

  /** @throws UsageError naming what differs from what the run started with. */
  requireSameProgram(found: FoundProgram): void {
    const { file, reproduction } = this;
    const { cpu, threads, oneDnn } = reproduction;
    this.refuseDifferences([
      ...this.sourceDifferences(found.sources),
      ...unequal("the plan's", file.configuration, found.configuration, () => ""),
      ...unequal("the version of", file.versions, found.versions),
      ...unequal("the engine's", pickEngine(file.engine), pickEngine(found.engine)),
      ...unequal("the machine's", { cpu, threads, oneDnn }, found.machine),
    ]);
  }

  /** @throws UsageError where the data or the step are others than those that the run started with. */
  requireSameData({ data, graph }: Pick<Reproduction, "data" | "graph">): void {
    const { reproduction } = this;
    this.refuseDifferences([
      ...(data === reproduction.data ? [] : ["the data are not those that it started with"]),
      ...(graph === reproduction.graph ? [] : ["the training step is not the one that it started with"]),
    ]);
  }

  private sourceDifferences(found: FoundProgram["sources"]): string[] {
    const { file, folder } = this;
    const foundHash = new Map(found.map(({ path, sha256 }) => [path, sha256]));
    const changed = file.sources.flatMap(({ path, sha256, copy }) =>
      foundHash.get(path) === sha256 ? [] : [`${path} has changed (the run's copy is ${join(folder.path, copy)})`],
    );
    const known = new Set(file.sources.map(({ path }) => path));
    return [...changed, ...found.filter(({ path }) => !known.has(path)).map(({ path }) => `${path} is new`)];
  }

  private refuseDifferences(differences: readonly string[]): void {
    if (differences.length === 0) return;
    throw new UsageError(
      `The run ${this.file.run} cannot be resumed, for its numbers would not be the same: ${differences.join("; ")}. ` +
        "Restore what has changed and resume it then, or train again to start a new run.",
    );
  }
}

const HOW_TO_NAME = "Name a run's folder, its name in the folder of runs, or `last` for the newest one that can be resumed.";

function refusal(run: string, reason: string): UsageError {
  return new UsageError(`The run ${run} cannot be resumed: ${reason}. Train again to start a new run.`);
}

/** Why a run cannot go on, whatever is found now; undefined where it can. */
function obstacleOf({ state, process }: RunFile): string | undefined {
  if (state === "finished") return "it has finished";
  if (state === "early-stopping") return "early stopping has ended it";
  const pid = state === "training" && process ? liveProcess(process) : undefined;
  return pid === undefined ? undefined : `it is still training (process ${pid})`;
}

function pathOf(asked: string, runsFolder: string): string {
  return asked.includes("/") || asked.includes(sep) ? resolve(asked) : join(runsFolder, asked);
}

async function newestOf(modelFile: string, runsFolder: string): Promise<string> {
  const names = await readdir(runsFolder).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  });
  const read = await Promise.all(
    names.map(async (name) => ({ name, file: await readRunFile(join(runsFolder, name)).catch(() => undefined) })),
  );
  const candidates = read.flatMap(({ name, file }) => {
    const fits = file?.file === modelFile && file.reproduction !== undefined && obstacleOf(file) === undefined;
    return fits ? [{ name, startedAt: file.startedAt }] : [];
  });
  const [newest] = candidates.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  if (newest !== undefined) return join(runsFolder, newest.name);
  throw new UsageError(
    `${runsFolder} holds no run of ${basename(modelFile)} to resume: there is none that was stopped, failed or was killed. Train again to start a new run.`,
  );
}

async function readRunFile(folder: string): Promise<RunFile> {
  return RunFile.parse(JSON.parse(await readFile(join(folder, "run.json"), "utf8")));
}

async function readCheckpointOf(folder: RunFolder, run: string): Promise<Checkpoint | undefined> {
  if (!(await folder.hasCheckpoint())) return undefined;
  return readCheckpoint(folder.checkpointPath(RESUME)).catch((error: unknown) => {
    throw refusal(run, messageOf(error).replace(/\.$/, ""));
  });
}

function pickEngine({ name, device }: Pick<EngineDescription, "name" | "device">): Record<string, string> {
  return { name, device };
}

/** A line for each field that differs: `the machine's cpu is B, not A`. */
function unequal(
  title: string,
  former: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  describe: (former: unknown, found: unknown) => string = (was, is) => ` (${show(is)} instead of ${show(was)})`,
): string[] {
  const names = [...new Set([...Object.keys(former), ...Object.keys(found)])];
  return names.flatMap((name) =>
    isDeepStrictEqual(former[name], found[name]) ? [] : [`${title} ${name} differs${describe(former[name], found[name])}`],
  );
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "none" : JSON.stringify(value);
}
