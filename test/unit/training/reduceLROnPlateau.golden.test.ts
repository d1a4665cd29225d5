import { expect, it } from "vitest";
import { callbacks, optimizers } from "../../../src/dsl";
import { createCallbacks } from "../../../src/training/callbacks";
import { LearningRate } from "../../../src/training/loop/learningRate";
import golden from "../../golden/callbacks.json";

const untouched = (): never => {
  throw new Error("reduceLROnPlateau touches neither weights nor checkpoints.");
};

it.each(golden.reduceLROnPlateau.map((each) => ({ ...each, title: JSON.stringify(each.options) })))(
  "$title sets Keras's learning rates",
  async ({ options, values, rates }) => {
    const learningRate = new LearningRate(optimizers.sgd({ learningRate: 0.1 }));
    const declared = callbacks.reduceLROnPlateau({ ...options, monitor: "valLoss" } as Parameters<
      typeof callbacks.reduceLROnPlateau
    >[0]);
    const [callback] = createCallbacks([declared], {
      learningRate,
      available: ["loss", "valLoss"],
      weights: { copy: untouched, restore: untouched, dispose: untouched },
      saveCheckpoint: untouched,
      restoreCheckpoint: untouched,
      eventFolder: "",
    });
    const received: number[] = [];
    for (const [index, value] of values.entries()) {
      await callback?.onEpochEnd?.(index + 1, new Map([["valLoss", value]]));
      received.push(learningRate.at(0));
    }
    rates.forEach((rate, index) => expect(received[index]! / rate, `epoch ${index + 1}`).toBeCloseTo(1, 5));
  },
);
