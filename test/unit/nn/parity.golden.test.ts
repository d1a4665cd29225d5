import { describe, expect, it } from "vitest";
import * as schedules from "../../../src/nn/schedules";
import { tensor } from "@tensorflow/tfjs-core";
import { Activation } from "../../../src/nn/layers";
import golden from "../../golden/schedules.json";
import { eager } from "../../parity/execution";
import { testEmbeddingGradients } from "../../parity/optimizers";
import { testParity } from "../../parity/testParity";
import "./backend";

testParity(eager);

describe("the dense gradient of an embedding", testEmbeddingGradients);

describe("schedules", () => {
  const factories = schedules as unknown as Readonly<Record<string, (options: unknown) => schedules.Schedule>>;

  it.each(golden.cases.map((each, index) => ({ ...each, title: `${index}: ${each.name} ${JSON.stringify(each.options)}` })))(
    "$title",
    ({ name, options, rates }) => {
      const schedule = factories[name]!(options);
      expect(schedule.name).toBe(name);
      // Keras computes rates in 32 bits.
      const floor = 1e-6 * Math.max(...rates);
      rates.forEach((rate, index) => {
        const step = golden.steps[index]!;
        expect(Math.abs(schedule.learningRateAt(step) - rate), `step ${step}`).toBeLessThanOrEqual(1e-5 * rate + floor);
      });
    },
  );
});

it("sparsemax projects onto the simplex", () => {
  const y = [...new Activation("sparsemax").apply(tensor([[1.5, 1, -1, 0.9]])).dataSync()];
  [0.7, 0.2, 0, 0.1].forEach((expected, index) => expect(y[index]).toBeCloseTo(expected, 6));
});
