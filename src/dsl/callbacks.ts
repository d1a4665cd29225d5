/** The names a callback can monitor: `loss`, `valLoss`, a metric (`accuracy`) or its validation value (`valAccuracy`). */
export type MonitoredValue = string;

export interface ModelCheckpointOptions {
  /** Default `"valLoss"`, without validation data `"loss"`. */
  monitor?: MonitoredValue | undefined;
  /** Default `false`: every epoch's weights are kept. */
  saveBestOnly?: boolean | undefined;
  /** Default: from the monitored value's name (`"min"` for losses and errors). */
  mode?: "auto" | "min" | "max" | undefined;
}

export interface EarlyStoppingOptions {
  /** Default `"valLoss"`. */
  monitor?: MonitoredValue | undefined;
  /** Default 0. */
  minDelta?: number | undefined;
  /** Epochs without improvement before training stops. Default 0. */
  patience?: number | undefined;
  mode?: "auto" | "min" | "max" | undefined;
  /** Default `false`. */
  restoreBestWeights?: boolean | undefined;
  /** Epochs before monitoring starts. Default 0. */
  startFromEpoch?: number | undefined;
}

export interface ReduceLROnPlateauOptions {
  monitor?: MonitoredValue | undefined;
  /** Default 0.1. */
  factor?: number | undefined;
  /** Default 10. */
  patience?: number | undefined;
  mode?: "auto" | "min" | "max" | undefined;
  /** Default 1e-4. */
  minDelta?: number | undefined;
  /** Default 0. */
  cooldown?: number | undefined;
  /** Default 0. */
  minLearningRate?: number | undefined;
}

/** What happens at the epochs' ends, as a declaration; the trainer carries it out. */
export type Callback =
  | ({ readonly kind: "modelCheckpoint" } & ModelCheckpointOptions)
  | ({ readonly kind: "earlyStopping" } & EarlyStoppingOptions)
  | ({ readonly kind: "reduceLROnPlateau" } & ReduceLROnPlateauOptions)
  | { readonly kind: "learningRateScheduler"; readonly schedule: (epoch: number, learningRate: number) => number }
  | { readonly kind: "tensorBoard" }
  | { readonly kind: "terminateOnNaN" };

export const callbacks = {
  /** Keeps the weights of each epoch, or of the best. https://keras.io/api/callbacks/model_checkpoint/ */
  modelCheckpoint: (options: ModelCheckpointOptions = {}): Callback => ({ kind: "modelCheckpoint", ...options }),
  /** Stops when the monitored value no longer improves. https://keras.io/api/callbacks/early_stopping/ */
  earlyStopping: (options: EarlyStoppingOptions = {}): Callback => ({ kind: "earlyStopping", ...options }),
  /** Lowers the learning rate when the monitored value no longer improves. https://keras.io/api/callbacks/reduce_lr_on_plateau/ */
  reduceLROnPlateau: (options: ReduceLROnPlateauOptions = {}): Callback => ({ kind: "reduceLROnPlateau", ...options }),
  /** Sets the learning rate of each epoch (from 0). https://keras.io/api/callbacks/learning_rate_scheduler/ */
  learningRateScheduler: (schedule: (epoch: number, learningRate: number) => number): Callback => ({
    kind: "learningRateScheduler",
    schedule,
  }),
  /** Writes TensorBoard event files into the run's folder. */
  tensorBoard: (): Callback => ({ kind: "tensorBoard" }),
  /** Stops at the first loss that is not a number. */
  terminateOnNaN: (): Callback => ({ kind: "terminateOnNaN" }),
};
