import type { Callback } from "../../dsl/callbacks";
import type { LearningRate } from "../loop/learningRate";
import type { Logs } from "../loop/logs";
import { EarlyStopping } from "./earlyStopping";
import { LearningRateScheduler } from "./learningRateScheduler";
import { ModelCheckpoint } from "./modelCheckpoint";
import { ReduceLROnPlateau } from "./reduceLROnPlateau";
import { TensorBoard } from "./tensorBoard";

/** What happens around the epochs, counted from 1. Callbacks run in the plan's order. */
export interface EpochCallback {
  onEpochBegin?(epoch: number): void;
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  /** Whether the training should end with the epoch that has just ended. */
  readonly wantsStop?: boolean;
  /** What it has to know when a run is resumed, in values for JSON: what {@link restore} takes. */
  readonly state?: unknown;
  /** Goes on from a state of its own. @throws where the state is another's. */
  restore?(state: unknown): void | Promise<void>;
  /** After the last epoch, when the training was neither stopped nor failed: a place to roll back to the best weights. */
  onTrainingEnd?(): void | Promise<void>;
  dispose?(): void;
}

/** What callbacks can do to a run. */
export interface CallbackContext {
  readonly learningRate: LearningRate;
  /** The names of what is measured: `loss`, `accuracy`, `valLoss`, … */
  readonly available: readonly string[];
  readonly weights: WeightKeeper;
  /** Writes the weights under a name into the run's folder and tells so. */
  saveCheckpoint(name: string, monitor: string, value: number): Promise<void>;
  /** Puts saved weights back. */
  restoreCheckpoint(name: string): Promise<void>;
  /** The folder in which TensorBoard's `train` and `validation` lie. */
  readonly eventFolder: string;
}

/** Keeps copies of the weights in memory. */
export interface WeightKeeper {
  copy(): void;
  /** Puts the last copy back. */
  restore(): void;
  dispose(): void;
}

/** What carries out a plan's callbacks. @throws TrainingError where one monitors what is not measured. */
export function createCallbacks(declarations: readonly Callback[], context: CallbackContext): EpochCallback[] {
  return declarations.flatMap((callback): EpochCallback[] => {
    switch (callback.kind) {
      case "modelCheckpoint":
        return [new ModelCheckpoint(callback, context)];
      case "earlyStopping":
        return [new EarlyStopping(callback, context)];
      case "reduceLROnPlateau":
        return [new ReduceLROnPlateau(callback, context)];
      case "learningRateScheduler":
        return [new LearningRateScheduler(callback.schedule, context)];
      case "tensorBoard":
        return [new TensorBoard(context.eventFolder, context.learningRate)];
      case "terminateOnNaN":
        // The loop itself looks at every loss then.
        return [];
    }
  });
}
