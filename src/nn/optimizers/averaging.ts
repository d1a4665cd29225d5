import { add, cast, mul, notEqual, sub, type Tensor, where } from "@tensorflow/tfjs-core";
import { isMultiple } from "./accumulation";
import type { Apply } from "./weightState";

export interface AveragingOptions {
  /** How much of the average is kept at each step. */
  readonly momentum: number;
  /** The weights become their averages every so many updates; `undefined`: never. */
  readonly overwriteFrequency: number | undefined;
}

/** Keeps the exponential moving average of each weight in its first slot: after the first update it is the weight itself. */
export function averaging({ momentum, overwriteFrequency }: AveragingOptions, apply: Apply): Apply {
  return (weights, inputs) => {
    const kept = mul(cast(notEqual(inputs.update, 1), "float32"), momentum);
    const overwrites = overwriteFrequency === undefined ? undefined : isMultiple(inputs.update, overwriteFrequency);
    const updates = apply(
      weights.map((weight) => ({ ...weight, slots: weight.slots.slice(1) })),
      inputs,
    );
    return updates.map(({ value, slots }, index) => {
      const average = add(mul(kept, weights[index]?.slots[0] as Tensor), mul(sub(1, kept), value));
      return { value: overwrites === undefined ? value : where(overwrites, average, value), slots: [average, ...slots] };
    });
  };
}
