import "@tensorflow/tfjs-backend-cpu";
import "../../../src/nn/gradients";
import { fill, grad, scalar, sum, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type Loss, measuring, type Metric, type OpenMetric, type Optimizer } from "../../../src/nn";
import * as constraints from "../../../src/nn/constraints";
import * as losses from "../../../src/nn/losses";
import * as metrics from "../../../src/nn/metrics";
import * as optimizers from "../../../src/nn/optimizers";
import * as regularizers from "../../../src/nn/regularizers";
import * as schedules from "../../../src/nn/schedules";
import golden from "../../golden/functions.json";

type Nested = number | readonly Nested[];

/** What a factory named by the golden file makes of its arguments. */
type Factories<R> = Readonly<Record<string, (...args: readonly unknown[]) => R>>;

const made = <R>(namespace: Factories<R>, name: string, ...args: readonly unknown[]): R => namespace[name]!(...args);

const tensorOf = (values: Nested): Tensor => tensor(values as number[], undefined, "float32");

function expectClose(received: Tensor, expected: Nested): void {
  const values = [expected].flat(8) as number[];
  const actual = [...received.dataSync()];
  expect(actual).toHaveLength(values.length);
  for (const [index, value] of values.entries()) {
    expect(Math.abs(actual[index]! - value), `element ${index}: ${actual[index]} instead of ${value}`).toBeLessThanOrEqual(
      1e-5 * Math.abs(value) + 1e-6,
    );
  }
}

const title = (index: number, name: string, options: unknown): string => `${index}: ${name} ${JSON.stringify(options)}`;

describe("losses agree with Keras, and so do their gradients", () => {
  it.each(golden.losses.map((example, index) => ({ ...example, title: title(index, example.name, example.options) })))(
    "$title",
    ({ name, options, yTrue, yPred, values, gradient }) => {
      const loss = made(losses as unknown as Factories<Loss>, name, options);
      expect(loss.name).toBe(name);
      expectClose(loss.call(tensorOf(yTrue), tensorOf(yPred)), values);
      expectClose(grad((prediction: Tensor) => sum(loss.call(tensorOf(yTrue), prediction)))(tensorOf(yPred)), gradient);
    },
  );
});

describe("metrics agree with Keras over two batches", () => {
  it.each(golden.metrics.map((example, index) => ({ ...example, title: title(index, example.name, example.options) })))(
    "$title",
    ({ name, options, yTrue, yPred, weights, split, result }) => {
      const open = made(metrics as unknown as Factories<Metric | OpenMetric>, name, options);
      const metric = measuring(open, [null, ...tensorOf(yPred).shape.slice(1)]);
      let state: Tensor[] = metric.state().map(({ shape }) => fill([...shape], 0));
      for (const [from, to] of [
        [0, split],
        [split, undefined],
      ] as const) {
        const batch = (values: readonly Nested[]): Tensor => tensorOf(values.slice(from, to));
        state = metric.update(state, batch(yTrue), batch(yPred), weights === null ? undefined : batch(weights));
      }
      expectClose(metric.result(state), result);
      expect(state.map(({ shape }) => shape)).toEqual(metric.state().map(({ shape }) => shape));
    },
  );
});

function optimizerOf(name: string, options: Record<string, unknown>): Optimizer {
  const { exponentialDecay, ...others } = options;
  if (exponentialDecay === undefined) return made(optimizers as unknown as Factories<Optimizer>, name, others);
  const [initialLearningRate, decaySteps, decayRate] = exponentialDecay as [number, number, number];
  return made(optimizers as unknown as Factories<Optimizer>, name, {
    learningRate: schedules.exponentialDecay({ initialLearningRate, decaySteps, decayRate }),
  });
}

describe("optimizers move a weight as Keras's do over four steps", () => {
  const { weight: start, gradients, cases } = golden.optimizers;
  it.each(cases.map((example, index) => ({ ...example, title: title(index, example.name, example.options) })))(
    "$title",
    ({ name, options, weights }) => {
      const optimizer = optimizerOf(name, options);
      expect(optimizer.name).toBe(name);
      let weight = tensorOf(start);
      let slots: Tensor[] = optimizer.slots(weight).map(({ shape, initialValue }) => fill([...shape], initialValue));
      for (const [step, gradient] of gradients.entries()) {
        const [clipped] = optimizer.clip([tensorOf(gradient)]);
        ({ weight, slots } = optimizer.update({
          weight,
          gradient: clipped!,
          slots,
          learningRate: scalar(optimizer.learningRateAt(step)),
          iteration: scalar(step + 1),
        }));
        expectClose(weight, weights[step]!);
      }
    },
  );
});

describe("schedules agree with Keras", () => {
  it.each(golden.schedules.map((example, index) => ({ ...example, title: title(index, example.name, example.options) })))(
    "$title",
    ({ name, options, steps, rates }) => {
      const schedule = made(schedules as unknown as Factories<schedules.Schedule>, name, options);
      for (const [index, step] of steps.entries()) expect(schedule.learningRateAt(step)).toBeCloseTo(rates[index]!, 6);
    },
  );
});

describe("regularizers and constraints agree with Keras", () => {
  it.each(golden.regularizers.map((example, index) => ({ ...example, title: title(index, example.name, example.arguments) })))(
    "$title",
    ({ name, arguments: args, values, result }) => {
      expectClose(
        made(regularizers as unknown as Factories<regularizers.Regularizer>, name, ...args).penalty(tensorOf(values)),
        result,
      );
    },
  );
  it.each(golden.constraints.map((example, index) => ({ ...example, title: title(index, example.name, example.arguments) })))(
    "$title",
    ({ name, arguments: args, values, result }) => {
      expectClose(
        tidy(() => made(constraints as unknown as Factories<constraints.Constraint>, name, ...args).project(tensorOf(values))),
        result,
      );
    },
  );
});
