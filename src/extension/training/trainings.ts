import { relative } from "node:path";
import * as vscode from "vscode";
import type { TrainerOptions } from "../../client";
import type { ModelSummary, RunHistory, RunListItem, TrainOptions } from "../../protocol";
import { Disposables } from "../disposables";
import { homeFolder } from "../models/modelFiles";
import { readSetting } from "../settings";
import { headline, type RunStart } from "./runHistory";
import { RunsFolder } from "./runsFolder";
import { TrainingRun, type Outcome, type RunChange, type Trainer } from "./trainingRun";

export interface TrainRequest {
  readonly file: vscode.Uri;
  /** The export that holds the plan; by default the file's default export, else its only plan. */
  readonly plan: string | undefined;
  /** The model's name. */
  readonly model: string;
  /** Tells the model apart from others of its name; null where that is not known. */
  readonly key: string | null;
  /** The network as it is now. */
  readonly network: ModelSummary | null;
}

/** One run and what was asked for, so that it can be asked for again. */
export interface Training {
  readonly run: TrainingRun;
  readonly request: TrainRequest;
  readonly folder: RunsFolder;
}

export type StartTraining = (training: Omit<TrainerOptions, "script">) => Trainer;

/** The trainings under way, and the runs that lie in each workspace folder. */
export class Trainings implements vscode.Disposable {
  /** All of this session: their histories hold more than the disk does. */
  readonly #session = new Set<Training>();
  readonly #endings = new Set<Promise<void>>();
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<RunChange>());
  readonly #ended = this.#owned.add(new vscode.EventEmitter<Training & { outcome: Outcome }>());
  readonly onDidChange = this.#changed.event;
  readonly onDidEnd = this.#ended.event;
  #started = 0;

  constructor(
    private readonly startTrainer: StartTraining,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Those that have not ended, the oldest first. */
  get active(): readonly Training[] {
    return [...this.#session].filter(({ run }) => run.isActive);
  }

  /** Starts a trainer. @throws where the runs folder cannot be made. */
  async start(request: TrainRequest): Promise<Training> {
    const { file, model, network } = request;
    const folder = this.folder(homeFolder(file));
    await folder.create();
    const start = { run: `new-${++this.#started}`, model, file: relative(folder.home, file.fsPath), network };
    return this.#launch(request, folder, start, { plan: request.plan });
  }

  /** Goes on with a run that ended early. @throws where it cannot be read or still trains. */
  async resume(folder: RunsFolder, name: string): Promise<Training> {
    if (this.find(name)?.run.isActive === true) throw new Error(`The run ${name} is still training.`);
    const stored = await folder.read(name);
    if (stored === undefined) throw new Error(`The run ${name} cannot be read, and so not be resumed. The log says why.`);
    const { file, history } = stored;
    const former = this.find(name);
    if (former !== undefined) this.#session.delete(former);
    const { model, network } = history;
    const request = { file: vscode.Uri.file(file.file), plan: file.plan, model, key: null, network };
    const start = { run: name, model, file: history.file, network, history, startedAt: file.startedAt };
    return this.#launch(request, folder, start, { resume: name });
  }

  #launch(
    request: TrainRequest,
    folder: RunsFolder,
    start: RunStart,
    what: Pick<TrainOptions, "plan"> | Pick<TrainOptions, "resume">,
  ): Training {
    const { file, model } = request;
    const options: TrainOptions = {
      file: file.fsPath,
      ...what,
      engine: readSetting("layerwise.engine.name", file),
      jit: "auto",
      runsFolder: folder.path,
      libraryPath: readSetting("layerwise.engine.libraryPath", file) || undefined,
      pythonPath: readSetting("layerwise.engine.pythonPath", file) || undefined,
    };
    const log = (line: string): void => this.log.info(`[${model}] ${line}`);
    const run = new TrainingRun(
      start,
      (onMessage) => this.startTrainer({ options, onMessage, log }),
      (change) => this.#runChanged(change, folder),
      log,
    );
    const training: Training = { run, request, folder };
    this.#session.add(training);
    this.#changed.fire({ run, events: [] });
    const ending = run.outcome.then((outcome) => this.#runEnded(training, outcome));
    this.#endings.add(ending);
    void ending.finally(() => this.#endings.delete(ending));
    return training;
  }

  folder(home: vscode.Uri): RunsFolder {
    return new RunsFolder(home.fsPath, (line) => this.log.warn(line));
  }

  /** The runs of a folder, the newest first. */
  async list(folder: RunsFolder): Promise<RunListItem[]> {
    const session = [...this.#session].filter((training) => training.folder.path === folder.path).map(({ run }) => run);
    const stored = (await folder.list()).filter(({ file }) => !session.some((run) => run.isNamed(file.run)));
    const items = stored.map(({ file: { run, model, startedAt }, history }) => ({
      ...{ run, model, startedAt },
      state: history.state,
      headline: headline(history),
    }));
    return [...session.map(({ listItem }) => listItem), ...items].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  async history(folder: RunsFolder, name: string): Promise<RunHistory | undefined> {
    return this.find(name)?.run.history ?? (await folder.read(name))?.history;
  }

  /** A training of this session by the name of its run. */
  find(name: string): Training | undefined {
    return [...this.#session].find(({ run }) => run.isNamed(name));
  }

  /** Ends all trainings: they keep their weights, and the monitor what it showed. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#session].map(({ run }) => run.dispose()));
    await Promise.all(this.#endings);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #runChanged(change: RunChange, folder: RunsFolder): void {
    const { run, network } = change.run.history;
    if (network !== null && change.events.some(({ event }) => event === "start")) {
      folder
        .saveNetwork(run, network)
        .catch((error: unknown) => this.log.warn(`The network of ${run} was not saved: ${String(error)}`));
    }
    this.#changed.fire(change);
  }

  async #runEnded(training: Training, outcome: Outcome): Promise<void> {
    const { run, folder } = training;
    const hasFolder = run.begun;
    if (!hasFolder) this.#session.delete(training);
    else {
      await folder
        .saveMonitor(run.history.run, run.history)
        .catch((error: unknown) => this.log.warn(`The steps of ${run.history.run} were not saved: ${String(error)}`));
    }
    if (outcome.kind === "died") {
      this.log.error(outcome.message);
      if (hasFolder) {
        await folder
          .markFailed(run.history.run, outcome.message)
          .catch((error: unknown) => this.log.error(`The end of ${run.history.run} was not written down: ${String(error)}`));
      }
    }
    this.#ended.fire({ ...training, outcome });
  }
}
