import { fill, grad, sum, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { type Constraint, type Loss, measuring, type Metric, type OpenMetric, type Regularizer } from "../../src/nn";
import * as constraints from "../../src/nn/constraints";
import * as losses from "../../src/nn/losses";
import * as metrics from "../../src/nn/metrics";
import * as regularizers from "../../src/nn/regularizers";
import golden from "../golden/functions.json";
import { goldenOf, type Nested, type ParityCase } from "./parityCase";

/** What factories make that the golden file names and gives arguments. */
type Factories<R> = Readonly<Record<string, (...args: readonly unknown[]) => R>>;

const lossFactories = losses as unknown as Factories<Loss>;
const metricFactories = metrics as unknown as Factories<Metric | OpenMetric>;
const regularizerFactories = regularizers as unknown as Factories<Regularizer>;
const constraintFactories = constraints as unknown as Factories<Constraint>;
const tensorOf = (values: Nested): Tensor => tensor(values as number[], undefined, "float32");
const title = (index: number, name: string, options: unknown): string => `${index}: ${name} ${JSON.stringify(options)}`;

const lossCases = golden.losses.map(({ name, options, yTrue, yPred, values, gradient }, index): ParityCase => {
  const loss = lossFactories[name]!(options);
  return {
    name: title(index, name, options),
    make: () => ({
      inputs: [tensorOf(yTrue), tensorOf(yPred)],
      compute: ([truth, prediction]) => [
        loss.call(truth!, prediction!),
        grad((each: Tensor) => sum(loss.call(truth!, each)))(prediction!),
      ],
      expected: [goldenOf("losses", values), goldenOf("gradient", gradient)],
    }),
  };
});

/** Over two batches of unequal size. */
const metricCases = golden.metrics.map(({ name, options, yTrue, yPred, weights, split, result }, index): ParityCase => {
  const parts = <T>(values: readonly T[]): T[][] => [values.slice(0, split), values.slice(split)];
  return {
    name: title(index, name, options),
    make: () => {
      const open = metricFactories[name]!(options);
      const metric = measuring(open, [null, ...tensorOf(yPred).shape.slice(1)]);
      const start = metric.state().map(({ shape }) => fill([...shape], 0));
      return {
        inputs: [
          ...start,
          ...[yTrue, yPred, ...(weights === null ? [] : [weights])].flatMap((values) => parts<Nested>(values).map(tensorOf)),
        ],
        compute: (given) => {
          const [truth1, truth2, prediction1, prediction2, weights1, weights2] = given.slice(start.length);
          const state = metric.update(given.slice(0, start.length), truth1!, prediction1!, weights1);
          return [metric.result(metric.update(state, truth2!, prediction2!, weights2))];
        },
        expected: [goldenOf("result", result)],
      };
    },
  };
});

const regularizerCases = golden.regularizers.map(({ name, arguments: args, values, result }, index): ParityCase => ({
  name: title(index, name, args),
  make: () => ({
    inputs: [tensorOf(values)],
    compute: ([weight]) => [regularizerFactories[name]!(...args).penalty(weight!)],
    expected: [goldenOf("penalty", result)],
  }),
}));

const constraintCases = golden.constraints.map(({ name, arguments: args, values, result }, index): ParityCase => ({
  name: title(index, name, args),
  make: () => ({
    inputs: [tensorOf(values)],
    compute: ([weight]) => [constraintFactories[name]!(...args).project(weight!)],
    expected: [goldenOf("weight", result)],
  }),
}));

export const functionFamilies: Readonly<Record<string, readonly ParityCase[]>> = {
  losses: lossCases,
  metrics: metricCases,
  regularizers: regularizerCases,
  constraints: constraintCases,
};
