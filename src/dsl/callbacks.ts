import { ModelError } from "../nn";
import { show } from "../nn/arguments";
import { nonNegative, oneOf, type OptionRules, requireOptions, text, truth, wholeNumber } from "../nn/options";

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

const mode = oneOf("auto", "min", "max");

const MODEL_CHECKPOINT: OptionRules<ModelCheckpointOptions> = { monitor: text, saveBestOnly: truth, mode };
const EARLY_STOPPING: OptionRules<EarlyStoppingOptions> = {
  monitor: text,
  minDelta: nonNegative,
  patience: wholeNumber,
  mode,
  restoreBestWeights: truth,
  startFromEpoch: wholeNumber,
};
const REDUCE_LR_ON_PLATEAU: OptionRules<ReduceLROnPlateauOptions> = {
  monitor: text,
  factor: {
    expected: "a number between 0 and 1",
    accepts: (value) => typeof value === "number" && value > 0 && value < 1,
  },
  patience: wholeNumber,
  mode,
  minDelta: nonNegative,
  cooldown: wholeNumber,
  minLearningRate: nonNegative,
};

/** Each throws a ModelError for an option that does not exist or a value that makes no sense. */
export const callbacks = {
  /** Keeps the weights of each epoch, or of the best. https://keras.io/api/callbacks/model_checkpoint/ */
  modelCheckpoint: (options: ModelCheckpointOptions = {}): Callback => ({
    kind: "modelCheckpoint",
    ...requireOptions("callbacks.modelCheckpoint", options, MODEL_CHECKPOINT),
  }),
  /** Stops when the monitored value no longer improves. https://keras.io/api/callbacks/early_stopping/ */
  earlyStopping: (options: EarlyStoppingOptions = {}): Callback => ({
    kind: "earlyStopping",
    ...requireOptions("callbacks.earlyStopping", options, EARLY_STOPPING),
  }),
  /** Lowers the learning rate when the monitored value no longer improves. https://keras.io/api/callbacks/reduce_lr_on_plateau/ */
  reduceLROnPlateau: (options: ReduceLROnPlateauOptions = {}): Callback => ({
    kind: "reduceLROnPlateau",
    ...requireOptions("callbacks.reduceLROnPlateau", options, REDUCE_LR_ON_PLATEAU),
  }),
  /** Sets the learning rate of each epoch (from 0). https://keras.io/api/callbacks/learning_rate_scheduler/ */
  learningRateScheduler: (schedule: (epoch: number, learningRate: number) => number): Callback => {
    if (typeof schedule !== "function") {
      throw new ModelError(
        "invalid-argument",
        `callbacks.learningRateScheduler(schedule) takes a function from epoch and learning rate to the learning rate; received ${show(schedule)}.`,
      );
    }
    return { kind: "learningRateScheduler", schedule };
  },
  /** Writes TensorBoard event files into the run's folder. */
  tensorBoard: (): Callback => ({ kind: "tensorBoard" }),
  /** Stops at the first loss that is not a number. */
  terminateOnNaN: (): Callback => ({ kind: "terminateOnNaN" }),
};
