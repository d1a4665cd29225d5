import * as z from "zod/mini";

/** A float as JSON can carry it: non-finite values are written as strings. */
export const Float = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);
export type Float = z.infer<typeof Float>;

/** A number for JSON: `NaN` becomes `"NaN"`. */
export function encodeFloat(value: number): Float {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

export function decodeFloat(value: Float): number {
  return typeof value === "number" ? value : Number(value);
}

export const EngineName = z.enum(["tensorflow", "wasm", "cpu"]);
export type EngineName = z.infer<typeof EngineName>;

export const EngineDescription = z.object({
  name: EngineName,
  version: z.string(),
  /** `CPU`, `GPU:0`, … */
  device: z.string(),
  captured: z.boolean(),
  jit: z.boolean(),
  /** Why this engine runs. */
  reason: z.string(),
});
export type EngineDescription = z.infer<typeof EngineDescription>;

export const EngineAvailability = z.object({
  name: EngineName,
  available: z.boolean(),
  version: z.nullable(z.string()),
  device: z.nullable(z.string()),
  /** Where an available engine comes from; why another cannot run. */
  reason: z.string(),
});
export type EngineAvailability = z.infer<typeof EngineAvailability>;

const Metrics = z.record(z.string(), Float);

export const StepRecord = z.object({
  event: z.literal("step"),
  epoch: z.number(),
  /** Within the epoch, from 1. */
  step: z.number(),
  /** The epoch's running mean, weighted by samples. */
  loss: Float,
  metrics: Metrics,
  msPerStep: z.number(),
});
export type StepRecord = z.infer<typeof StepRecord>;

export const StartEvent = z.object({
  event: z.literal("start"),
  /** The run's identity: its folder's name. */
  run: z.string(),
  /** Absolute path of the run's folder. */
  folder: z.string(),
  model: z.string(),
  params: z.number(),
  engine: EngineDescription,
  /** Per epoch. */
  steps: z.number(),
  epochs: z.number(),
  /** Where a resumed run goes on: the epoch under way, and how many of its steps were made. */
  resumedFrom: z.optional(z.object({ epoch: z.number(), step: z.number() })),
});
export type StartEvent = z.infer<typeof StartEvent>;

export const EpochEvent = z.object({
  event: z.literal("epoch"),
  epoch: z.number(),
  loss: Float,
  /** Null without validation data. */
  valLoss: z.nullable(Float),
  /** Training metrics, and validation ones as `valAccuracy`. */
  metrics: Metrics,
  learningRate: Float,
  seconds: z.number(),
});
export type EpochEvent = z.infer<typeof EpochEvent>;

export const DiagnosisEvent = z.object({
  event: z.literal("diagnosis"),
  /** `vanishing-gradient`, `exploding-gradient`, `nan`, `dead-units`, … */
  code: z.string(),
  layer: z.nullable(z.string()),
  message: z.string(),
});
export type DiagnosisEvent = z.infer<typeof DiagnosisEvent>;

export const CheckpointEvent = z.object({
  event: z.literal("checkpoint"),
  path: z.string(),
  monitor: z.string(),
  value: Float,
});
export type CheckpointEvent = z.infer<typeof CheckpointEvent>;

export const EndEvent = z.object({
  event: z.literal("end"),
  reason: z.enum(["finished", "stopped", "early-stopping", "failed"]),
  /** Null without test data. */
  testLoss: z.nullable(Float),
  test: z.nullable(Metrics),
  /** The best epoch by the monitored value; null before the first epoch's end. */
  best: z.nullable(z.object({ epoch: z.number(), monitor: z.string(), value: Float })),
  seconds: z.number(),
  error: z.optional(z.string()),
});
export type EndEvent = z.infer<typeof EndEvent>;

/** What a run tells, in order: `start`, then steps and epochs, `end` last and always. */
export const RunEvent = z.discriminatedUnion("event", [
  StartEvent,
  StepRecord,
  EpochEvent,
  DiagnosisEvent,
  CheckpointEvent,
  EndEvent,
]);
export type RunEvent = z.infer<typeof RunEvent>;

export const TrainOptions = z.object({
  /** Absolute path of the model file. */
  file: z.string(),
  /** The export that holds the plan; by default the default export, else the only plan. */
  plan: z.optional(z.string()),
  epochs: z.optional(z.number()),
  engine: z.enum(["auto", "tensorflow", "wasm", "cpu"]),
  jit: z.enum(["auto", "on", "off"]),
  /** The folder that holds the runs: `<workspace folder>/.layerwise/runs`. */
  runsFolder: z.string(),
  /** A libtensorflow to use instead of the one that is found: the setting `layerwise.engine.libraryPath`. */
  libraryPath: z.optional(z.string()),
  /** The Python whose TensorFlow is tried first: the setting `layerwise.engine.pythonPath`. */
  pythonPath: z.optional(z.string()),
  /**
   * A run to go on with: its name in the folder of runs, its folder's path, or `last` for the newest one of this file. Plan, epochs, engine
   * and jit are the run's.
   */
  resume: z.optional(z.string()),
  /** Milliseconds of training between two checkpoints. Default 5,000. */
  checkpointInterval: z.optional(z.number()),
});
export type TrainOptions = z.infer<typeof TrainOptions>;

/** Owner → trainer. */
export const TrainerRequest = z.discriminatedUnion("type", [
  z.object({ type: z.literal("train"), options: TrainOptions }),
  /** Ends after the step under way; the weights are kept. */
  z.object({ type: z.literal("stop") }),
  /** Instead of `train`: is answered by `engines`. */
  z.object({ type: z.literal("listEngines") }),
]);
export type TrainerRequest = z.infer<typeof TrainerRequest>;

/** Trainer → owner. After `end`, `refused` or `engines` the trainer exits. */
export const TrainerMessage = z.discriminatedUnion("type", [
  /** Another run holds the device; this one waits and can be stopped. */
  z.object({ type: z.literal("queued"), message: z.string() }),
  z.object({ type: z.literal("events"), events: z.array(RunEvent) }),
  /** What the model file printed. */
  z.object({ type: z.literal("output"), text: z.string() }),
  /** Wrong usage, such as a plan that the file does not export: no run was made. */
  z.object({ type: z.literal("refused"), message: z.string() }),
  z.object({ type: z.literal("engines"), engines: z.array(EngineAvailability) }),
]);
export type TrainerMessage = z.infer<typeof TrainerMessage>;

/** What must be equal for equal numbers, on top of what a run's file says anyway. */
export const Reproduction = z.object({
  /** As the plan or the command line had it. */
  jit: z.enum(["auto", "on", "off"]),
  /** The processor's model. */
  cpu: z.string(),
  /** TensorFlow's thread pools; null for the other engines. */
  threads: z.nullable(z.object({ intraOp: z.number(), interOp: z.number() })),
  /** `TF_ENABLE_ONEDNN_OPTS`; null for the other engines. */
  oneDnn: z.nullable(z.string()),
  /** The name of the captured step, a hash of its graph; null where steps run operation by operation. */
  graph: z.nullable(z.string()),
  /** SHA-256 of the data as the model receives it; null for the data sets that Layerwise brings, which have checksums of their own. */
  data: z.nullable(z.string()),
});
export type Reproduction = z.infer<typeof Reproduction>;

/** `run.json`: what a run is, replaced atomically as it goes on. */
export const RunFile = z.object({
  version: z.literal(1),
  run: z.string(),
  model: z.string(),
  /** The model file's absolute path, and the export of its plan. */
  file: z.string(),
  plan: z.string(),
  params: z.number(),
  seed: z.number(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  state: z.enum(["training", "finished", "stopped", "early-stopping", "failed"]),
  error: z.nullable(z.string()),
  epochs: z.number(),
  steps: z.number(),
  batchSize: z.number(),
  engine: EngineDescription,
  versions: z.record(z.string(), z.string()),
  /** Every source file of the model, copied into the run's folder, by path relative to the model file, with its SHA-256. */
  sources: z.array(z.object({ path: z.string(), copy: z.string(), sha256: z.string() })),
  configuration: z.record(z.string(), z.unknown()),
  best: z.nullable(z.object({ epoch: z.number(), monitor: z.string(), value: Float })),
  testLoss: z.nullable(Float),
  test: z.nullable(Metrics),
  /** The trainer's process while it trains. */
  pid: z.nullable(z.number()),
  /** Names that process for good, by its id and the time of its start: an id alone is used again. */
  process: z.optional(z.nullable(z.string())),
  /** What the numbers depend on besides sources, configuration, seed and versions; without it a run cannot be resumed. */
  reproduction: z.optional(Reproduction),
  /** ISO 8601, UTC: when a trainer went on with the run after the first had ended early. */
  resumedAt: z.optional(z.array(z.string())),
});
export type RunFile = z.infer<typeof RunFile>;
