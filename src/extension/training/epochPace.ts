import * as vscode from "vscode";
import type { ModelSummary } from "../../protocol";
import { Disposables } from "../disposables";
import { homeFolder } from "../models/modelFiles";
import { predictSeconds } from "./predictSeconds";
import type { StoredRun } from "./runsFolder";
import type { Trainings } from "./trainings";

/** How long an epoch of a model may take here, by the newest run of the model whose network and time are known. */
export class EpochPace implements vscode.Disposable {
  readonly #owned = new Disposables();
  /** By workspace folder: reading them takes long, and only a run's end adds one. */
  readonly #runs = new Map<string, Promise<readonly StoredRun[]>>();

  constructor(private readonly trainings: Trainings) {
    this.#owned.add(trainings.onDidEnd(() => this.#runs.clear()));
  }

  /** In seconds, in proportion to the FLOPs of the model that was measured; undefined where none was. */
  async predict(file: vscode.Uri, { name, totals }: ModelSummary): Promise<number | undefined> {
    const home = homeFolder(file);
    const runs = this.#runs.get(home.toString()) ?? this.trainings.folder(home).list();
    this.#runs.set(home.toString(), runs);
    return predictSeconds(await runs, { file: file.fsPath, model: name, flops: totals.flops });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
