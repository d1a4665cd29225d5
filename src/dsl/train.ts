import {
  declarations,
  Model,
  ModelError,
  nearestName,
  type Optimizer,
  resolveLoss,
  resolveMetric,
  resolveOptimizer,
} from "../nn";
import { show } from "../nn/arguments";
import { unknownOption } from "../nn/unknownOption";
import { refuseListForOutputs } from "./byOutput";
import type { Callback } from "./callbacks";
import { DataSet } from "./data";
import { declarePlan, isByOutput, isList, Plan, type PlanOptions } from "./plan";

/**
 * Declares how a model is trained; nothing trains until a trainer runs the plan.
 *
 * ```ts
 * export default train(mlp, { data: fashionMnist().split({ validation: 5000 }), optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
 * ```
 *
 * @throws ModelError for an unknown name, an option of the wrong type, or a loss or metric for an output that the model does not have.
 */
export function train(model: Model, options: PlanOptions): Plan {
  const origin = new Error("origin");
  const check = <T>(body: () => T, option?: keyof PlanOptions): T | undefined => {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      error.origin ??= origin;
      error.argument ??= option;
      declarations().report(error);
      return undefined;
    }
  };
  if (!(model instanceof Model)) throw located(origin, "train(model, plan) takes a model made by sequential or model", model);
  if (typeof options !== "object" || (options as unknown) === null) {
    throw located(origin, "train(model, plan) takes a plan such as { data, optimizer, loss }", options);
  }
  check(() => {
    requireKnownOptions(options);
  });
  const data =
    check(() => {
      requireData(options.data);
      return options.data;
    }, "data") ?? unknownData();
  check(() => {
    buildFromData(model, data);
  }, "data");
  const optimizer = check(() => resolveOptimizer(given("optimizer", options.optimizer)), "optimizer") ?? fallbackOptimizer();
  // What has not even the form stays out of the plan.
  const metrics = check(() => requireMetricLists(options.metrics, model), "metrics");
  const callbacks = check(() => requireCallbacks(options.callbacks)) ?? callbacksAmong(options.callbacks);
  const plan = new Plan(model, { ...options, data, metrics, callbacks }, optimizer);
  check(() => {
    validateLosses(plan);
  }, "loss");
  check(() => {
    validateMetrics(plan);
  }, "metrics");
  for (const validate of [validateNumbers, validateLossWeights]) {
    check(() => {
      validate(plan);
    });
  }
  declarePlan(plan);
  return plan;
}

const OPTIONS: Readonly<Record<keyof PlanOptions, true>> = {
  data: true,
  optimizer: true,
  loss: true,
  metrics: true,
  lossWeights: true,
  batchSize: true,
  epochs: true,
  shuffle: true,
  seed: true,
  callbacks: true,
  classWeight: true,
  clipNorm: true,
  jit: true,
  precision: true,
};

/** The options that take one of some words. */
const CHOICES = {
  jit: ["auto", "on", "off"],
  precision: ["float32", "mixedBfloat16", "mixedFloat16"],
} as const satisfies { readonly [Option in "jit" | "precision"]: readonly PlanOptions[Option][] };

function requireKnownOptions(options: PlanOptions): void {
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(OPTIONS, option));
  if (unknown !== undefined) throw unknownOption("train", unknown, Object.keys(OPTIONS));
  requireChoice("jit", options.jit);
  requireChoice("precision", options.precision);
}

function requireChoice(option: keyof typeof CHOICES, value: string | undefined): void {
  const choices: readonly string[] = CHOICES[option];
  if (value === undefined || choices.includes(value)) return;
  const quoted = choices.map((choice) => JSON.stringify(choice));
  throw invalid(`${option} takes ${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`, value);
}

function requireData(data: unknown): asserts data is DataSet {
  if (data instanceof DataSet) return;
  const error = invalid("data takes a data set such as fashionMnist(), csv(path) or arrays({ x, y })", data);
  if (typeof data === "function") error.mistake = { kind: "uncalled", path: ["data"] };
  throw error;
}

/** A sequential model that declares no input shape takes it from the data where that is known without reading it. */
function buildFromData(model: Model, data: DataSet): void {
  const { inputShape } = data.description;
  if (model.inputs.length === 0 && inputShape !== undefined) model.ensureBuilt([null, ...inputShape]);
}

/** In a tolerant evaluation the plan stands in spite of what is given as its data: a data set of which nothing is known. */
function unknownData(): DataSet {
  return new DataSet({ kind: "generator", samples: () => [] });
}

/** In a tolerant evaluation the plan stands in spite of an unknown optimizer. */
function fallbackOptimizer(): Optimizer {
  return resolveOptimizer("rmsprop");
}

function validateLosses(plan: Plan): void {
  const { model, options } = plan;
  const loss = given("loss", options.loss);
  if (Array.isArray(loss)) refuseListForOutputs("loss", loss, model);
  if (!isByOutput(loss)) {
    resolveLoss(loss);
    return;
  }
  for (const like of Object.values(loss)) resolveLoss(like);
  requireOutputs("loss", Object.keys(loss), model);
  if (model.outputNames.length > 0 && plan.losses.size === 0) throw invalid("loss takes at least one loss", loss);
}

function requireMetricLists(metrics: PlanOptions["metrics"], model: Model): PlanOptions["metrics"] {
  if (metrics === undefined) return undefined;
  if (typeof metrics !== "object" || (metrics as unknown) === null)
    throw invalid('metrics takes a list such as ["accuracy"], or lists by output name', metrics);
  if (isList(metrics)) {
    if (metrics.some((metric) => Array.isArray(metric))) refuseListForOutputs("metrics", metrics, model);
    return metrics;
  }
  for (const [output, list] of Object.entries(metrics) as [string, unknown][]) {
    if (Array.isArray(list)) continue;
    const error = invalid(`metrics.${output} takes a list such as ["accuracy"]`, list);
    error.argumentPath = ["metrics", output];
    const text = `[${show(list)}]`;
    if (typeof list === "string") error.mistake = { kind: "bare", title: `Write ${text}`, before: "[", after: "]" };
    throw error;
  }
  return metrics;
}

function validateMetrics(plan: Plan): void {
  const { metrics = [] } = plan.options;
  if (!isList(metrics)) requireOutputs("metrics", Object.keys(metrics), plan.model);
  for (const metric of isList(metrics) ? metrics : Object.values(metrics).flat()) resolveMetric(metric);
  // Measured against the outputs' shapes, where these are known.
  if (plan.model.outputs.every(({ shape }) => shape !== null)) plan.resolveMetrics();
}

function validateLossWeights({ model, options: { lossWeights } }: Plan): void {
  if (lossWeights === undefined) return;
  if (Array.isArray(lossWeights)) refuseListForOutputs("lossWeights", lossWeights, model);
  requireMap("lossWeights takes weights by output name such as { price: 1, kind: 0.5 }", lossWeights);
  requireOutputs("lossWeights", Object.keys(lossWeights), model);
  for (const [output, weight] of Object.entries(lossWeights))
    requireNumber(`lossWeights.${output}`, weight, 0, "a number of 0 or more");
}

function validateNumbers({ options: { batchSize, epochs, seed, clipNorm, classWeight = {} } }: Plan): void {
  for (const [name, value] of Object.entries({ batchSize, epochs })) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      throw invalid(`${name} takes a positive whole number`, value);
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw invalid("seed takes a whole number", seed);
  if (clipNorm !== undefined) requireNumber("clipNorm", clipNorm, 0, "a number of 0 or more");
  requireMap("classWeight takes weights by class number such as { 0: 1, 1: 4 }, each counted by you", classWeight);
  for (const [label, weight] of Object.entries(classWeight))
    requireNumber(`classWeight[${label}]`, weight, 0, "a number of 0 or more");
}

const CALLBACKS: Readonly<Record<Callback["kind"], true>> = {
  modelCheckpoint: true,
  earlyStopping: true,
  reduceLROnPlateau: true,
  learningRateScheduler: true,
  tensorBoard: true,
  terminateOnNaN: true,
};

function requireCallbacks(callbacks: PlanOptions["callbacks"]): PlanOptions["callbacks"] {
  if (callbacks === undefined || (Array.isArray(callbacks) && callbacks.every(isCallback))) return callbacks;
  throw invalid("callbacks takes a list of callbacks such as [callbacks.earlyStopping({ patience: 3 })]", callbacks);
}

function callbacksAmong(received: unknown): readonly Callback[] {
  return [received].flat().filter(isCallback);
}

function isCallback(value: unknown): value is Callback {
  const { kind } = Object(value) as { kind?: unknown };
  return typeof kind === "string" && Object.hasOwn(CALLBACKS, kind);
}

function requireOutputs(option: string, names: readonly string[], { outputNames }: Model): void {
  if (outputNames.length === 0) return;
  for (const name of names) {
    if (outputNames.includes(name)) continue;
    const nearest = nearestName(name, outputNames);
    const suggestion = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    throw new ModelError(
      "unknown-name",
      `${option} names the output "${name}", which the model does not have.${suggestion} Its outputs: ${outputNames.join(", ")}.`,
    );
  }
}

function requireMap(expectation: string, value: unknown): void {
  if (typeof value !== "object" || value === null) throw invalid(expectation, value);
}

function requireNumber(what: string, value: unknown, minimum: number, expected: string): void {
  if (typeof value !== "number" || !(value >= minimum)) throw invalid(`${what} takes ${expected}`, value);
}

const EXAMPLES = { loss: `"meanSquaredError"`, optimizer: `"adam"` };

function given<T>(option: keyof typeof EXAMPLES, value: T | null | undefined): T {
  if (value === undefined || value === null)
    throw invalid(`train needs ${option}, such as ${option}: ${EXAMPLES[option]}`, value);
  return value;
}

function invalid(expectation: string, received: unknown): ModelError {
  const error = new ModelError("invalid-argument", `${expectation}; received ${show(received)}.`);
  const [option = ""] = /^\w+/.exec(expectation) ?? [];
  error.argument = Object.hasOwn(OPTIONS, option) ? option : undefined;
  return error;
}

function located(origin: Error, expectation: string, received: unknown): ModelError {
  const error = invalid(expectation, received);
  error.origin = origin;
  return error;
}
