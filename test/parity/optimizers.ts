import { dispose, fill, scalar, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { z } from "zod";
import type { Optimizer } from "../../src/nn";
import * as optimizers from "../../src/nn/optimizers";
import json from "../golden/optimizers.json";
import { type Execution, prepare } from "./execution";
import { expectClose } from "./expectClose";
import { sine } from "./parityCase";

const numbers = z.array(z.number());
const golden = z
  .object({
    shapes: z.record(z.string(), numbers),
    steps: numbers,
    cases: z.array(
      z.object({
        name: z.string(),
        options: z.record(z.string(), z.unknown()),
        /** The weights for which there are no gradients. */
        absent: numbers,
        states: z.array(z.array(z.object({ value: numbers, slots: z.record(z.string(), numbers) }))),
        final: z.array(numbers),
      }),
    ),
    embeddings: z.array(z.object({ name: z.string(), rows: numbers, dense: numbers, sparse: numbers })),
  })
  .parse(json);

const factories = optimizers as unknown as Readonly<Record<string, (options?: unknown) => Optimizer>>;
const weights = Object.entries(golden.shapes).map(([path, shape], index) => ({
  path,
  shape,
  values: sine(shape, 0.9 + index, 0.5),
}));
const cases = golden.cases.map((each) => ({ ...each, optimizer: factories[each.name]!(each.options) }));
const LAST_STEP = golden.steps.at(-1)!;

/** For each case each weight's value and slots. */
type States = Tensor[][][];

const flatten = (states: States): Tensor[] => states.flat(2);

function initialStates(): States {
  return cases.map(({ optimizer }) =>
    weights.map(({ shape, values }) => [
      tensor(values, shape),
      ...optimizer.slots({ shape }).map((slot) => fill([...slot.shape], slot.initialValue)),
    ]),
  );
}

/** The states that `flatten` made a list of. */
function restore(list: readonly Tensor[]): States {
  const rest = [...list];
  return cases.map(({ optimizer }) => weights.map(({ shape }) => rest.splice(0, 1 + optimizer.slots({ shape }).length)));
}

/** One step of every case: states, gradients, each case's learning rate and the step's number. */
function step(inputs: readonly Tensor[]): Tensor[] {
  const rates = inputs.slice(-1 - cases.length, -1);
  const gradients = inputs.slice(-1 - cases.length - weights.length, -1 - cases.length);
  const states = restore(inputs);
  return cases.flatMap(({ optimizer, absent }, index) =>
    optimizer
      .apply(
        weights.map(({ path }, place) => {
          const [value, ...slots] = states[index]![place] as [Tensor, ...Tensor[]];
          return { path, value, slots, gradient: absent.includes(place) ? undefined : gradients[place] };
        }),
        { learningRate: rates[index]!, iteration: inputs.at(-1)! },
      )
      .flatMap(({ value, slots }) => [value, ...slots]),
  );
}

const others = (number: number): Tensor[] => [
  ...weights.map(({ shape }, index) => tensor(sine(shape, 0.3 + 1.1 * number + index), shape)),
  ...cases.map(({ optimizer }) => scalar(optimizer.learningRateAt(number - 1))),
  scalar(number),
];

/** The states after each of the golden steps, and last those that end the training; all cases go through each step together. */
function train(execution: Execution): States[] {
  let states = initialStates();
  const prepared = prepare(execution, step, [...flatten(states), ...others(1)]);
  const recorded: States[] = [];
  for (let number = 1; number <= LAST_STEP; number++) {
    states = restore(prepared.run([...flatten(states), ...others(number)]));
    if (golden.steps.includes(number)) recorded.push(states);
  }
  prepared.dispose();
  return recorded;
}

/** Twenty steps of every optimizer: weights and slots. */
export function testOptimizers(execution: Execution): void {
  let recorded: States[] | undefined;

  it.each(cases.map((each, index) => ({ ...each, index, title: `${index}: ${each.name} ${JSON.stringify(each.options)}` })))(
    "$title",
    ({ name, optimizer, states, final, index }) => {
      recorded ??= train(execution);
      expect(optimizer.name).toBe(name);
      states.forEach((expectedWeights, number) =>
        expectedWeights.forEach(({ value: expectedValue, slots: expectedSlots }, place) => {
          const { path, shape } = weights[place]!;
          const [value, ...slots] = recorded![number]![index]![place] as [Tensor, ...Tensor[]];
          const what = `${path} after step ${golden.steps[number]}`;
          expectClose(value, { what, shape, values: expectedValue });
          expect(optimizer.slots({ shape }).map((slot) => slot.name)).toEqual(Object.keys(expectedSlots));
          Object.entries(expectedSlots).forEach(([slot, values], order) =>
            expectClose(slots[order]!, { what: `${slot} of ${what}`, shape, values }),
          );
        }),
      );
      weights.forEach(({ path, shape }, place) => {
        const [value, ...slots] = recorded!.at(-1)![index]![place] as [Tensor, ...Tensor[]];
        expectClose(optimizer.finalValue({ value, slots }), { what: `${path} at the end`, shape, values: final[place]! });
      });
    },
  );
}

/**
 * What Keras gets for an embedding by the dense gradient; by TensorFlow's sparse one it squares the parts of a row that comes several times
 * instead of their sum.
 */
export function testEmbeddingGradients(): void {
  it.each(golden.embeddings)("$name, rows $rows", ({ name, rows, dense, sparse }) => {
    const optimizer = factories[name]!({ learningRate: 0.1 });
    const shape = [5, 2];
    const learningRate = scalar(0.1);
    let value = tensor(sine(shape, 0.9, 0.5), shape);
    let slots: readonly Tensor[] = optimizer.slots({ shape }).map((slot) => fill(shape, slot.initialValue));
    for (let number = 0; number < 3; number++) {
      const parts = sine([rows.length, 2], 0.3 + number);
      const sums = new Float32Array(10);
      parts.forEach((part, index) => (sums[rows[index >> 1]! * 2 + (index % 2)]! += part));
      const gradient = tensor(sums, shape);
      const weight = { path: "embedding/embeddings", value, gradient, slots };
      [{ value, slots }] = optimizer.apply([weight], { learningRate, iteration: scalar(number + 1) }) as [
        { value: Tensor; slots: Tensor[] },
      ];
    }
    expectClose(value, { what: "embeddings", shape, values: dense });
    const repeated = new Set(rows).size < rows.length;
    const farthest = Math.max(...sparse.map((each, index) => Math.abs(each - dense[index]!)));
    if (repeated && name !== "sgd") expect(farthest).toBeGreaterThan(0.01);
    else expect(farthest).toBeLessThan(1e-6);
    dispose([value, ...slots]);
  });
}
