import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AnalyzerClient } from "../../src/client";
import { proportionalBytes } from "../residentBytes";
import type { EditedFile } from "./editedFiles";

/** The real analyzer, as the editor starts it, with a file open in it. */
export class AnalyzerUnderTest {
  private readonly client: AnalyzerClient;
  private edits = 0;

  /** @param root The project's folder. @param folder Where the edited file lies: it is never written, its text goes with each request. */
  constructor(
    root: string,
    private readonly folder: string,
  ) {
    this.client = new AnalyzerClient({ script: join(root, "dist/analyzer.js"), log: (line) => console.error(line) });
  }

  /** Milliseconds from a change to the numbers of all layers. @param pause Milliseconds since the change before. */
  async edit(edited: EditedFile, pause = 0): Promise<number> {
    if (pause > 0) await wait(pause);
    const file = join(this.folder, "edited.model.ts");
    const overlays = { [file]: edited.text(this.edits++) };
    const begin = performance.now();
    const { analysis } = await this.client.analyze(file, { overlays });
    const elapsed = performance.now() - begin;
    const layers = analysis.models.reduce((sum, model) => sum + model.layers.length, 0);
    if (layers !== edited.layers)
      throw new Error(`${edited.title}: the analysis has ${layers} layers, expected ${edited.layers}.`);
    return elapsed;
  }

  /** Of analyzer, evaluator and bundler. */
  get residentBytes(): number {
    return proportionalBytes(this.client.pid ?? 0);
  }

  dispose(): Promise<void> {
    return this.client.dispose();
  }
}
