import { describe, expect, it } from "vitest";
import { ModelError } from "../../../src/nn";
import * as optimizers from "../../../src/nn/optimizers";
import * as schedules from "../../../src/nn/schedules";

/** As JavaScript without types may call it. */
type Factory = (options?: unknown) => unknown;
const made = (namespace: object, name: string, options: unknown): unknown =>
  (namespace as Readonly<Record<string, Factory>>)[name]!(options);

const OPTIMIZERS = Object.keys(optimizers).filter((name) => name !== "resolveOptimizer");

describe("optimizers", () => {
  it.each(OPTIMIZERS)("%s names an option that it does not have, and the nearest", (name) => {
    const make = (): unknown => made(optimizers, name, { learning_rate: 0.1 });
    expect(make).toThrow(ModelError);
    expect(make).toThrow(`There is no option of optimizers.${name} "learning_rate". Did you mean "learningRate"?`);
  });

  it.each([
    ["sgd", { momentum: 2 }, "optimizers.sgd({ momentum }) takes a number from 0 to 1; received 2."],
    ["sgd", { beta1: 0.9 }, 'There is no option of optimizers.sgd "beta1".'],
    [
      "sgd",
      { learningRate: -1 },
      "takes a number of 0 or more, or a schedule such as schedules.cosineDecay({ … }); received -1.",
    ],
    ["sgd", { learningRate: Number.NaN }, "received NaN."],
    ["adam", { clipNorm: 0 }, "optimizers.adam({ clipNorm }) takes a finite number greater than 0; received 0."],
    [
      "adam",
      { clipNorm: 1, clipValue: 1 },
      "takes one of clipNorm, clipValue and globalClipNorm; received clipNorm and clipValue.",
    ],
    ["adam", { gradientAccumulationSteps: 1 }, "takes a whole number of 2 or more; received 1."],
    ["adam", { emaOverwriteFrequency: 0 }, "takes a whole number of 1 or more; received 0."],
    ["adam", { excludeFromWeightDecay: "bias" }, 'takes a list of words such as ["bias"]; received "bias".'],
    ["lion", { beta1: 0 }, "takes a number greater than 0, up to 1"],
    ["ftrl", { learningRatePower: 0.5 }, "takes a number of 0 or less; received 0.5."],
    ["adamW", 0.1, "optimizers.adamW takes its options as an object; received 0.1."],
  ])("%s refuses %j", (name, options, message) => {
    expect(() => made(optimizers, name, options)).toThrow(message);
  });
});

describe("schedules", () => {
  it.each(Object.keys(schedules))("%s needs its options", (name) => {
    expect(() => made(schedules, name, {})).toThrow(new RegExp(`^schedules\\.${name} needs \\w+: `));
    expect(() => made(schedules, name, { stairCase: 1 })).toThrow(`There is no option of schedules.${name} "stairCase".`);
  });

  it.each([
    [
      "cosineDecay",
      { initialLearningRate: 0.1, decaySteps: 0 },
      "schedules.cosineDecay({ decaySteps }) takes a finite number greater than 0",
    ],
    [
      "cosineDecayRestarts",
      { initialLearningRate: 0.1, firstDecaySteps: 5, tMul: 0.5 },
      "takes a finite number of 1 or more; received 0.5.",
    ],
    ["piecewiseConstantDecay", { boundaries: [5, 3], values: [1, 2, 3] }, "takes a list of increasing step numbers"],
    [
      "piecewiseConstantDecay",
      { boundaries: [5], values: [1] },
      "takes one value more than boundaries; received boundaries [5] and values [1].",
    ],
    ["oneCycle", { maxLearningRate: 0.1, totalSteps: 100, annealStrategy: "cos" }, 'takes "cosine" or "linear"; received "cos".'],
  ])("%s refuses %j", (name, options, message) => {
    expect(() => made(schedules, name, options)).toThrow(message);
  });

  it("warms up to where another schedule starts", () => {
    const decay = schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 50 });
    const warm = schedules.linearWarmup({ warmupSteps: 10, warmupTarget: decay });
    expect([0, 5, 10, 35, 60, 99].map((step) => warm.learningRateAt(step))).toEqual([
      0,
      0.05,
      ...[0, 25, 50, 89].map((step) => decay.learningRateAt(step)),
    ]);
  });

  it("restarts at the very step, however the logarithm rounds", () => {
    const restarts = schedules.cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 1, tMul: 3 });
    for (let period = 0, start = 0; period < 12; start += 3 ** period++) expect(restarts.learningRateAt(start)).toBe(1);
  });
});
