import type { Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { Expected } from "./parityCase";

const RELATIVE = 1e-5;
/** Of the tensor's greatest value, or of 1: where terms cancel, 32 bits leave no more. */
const ABSOLUTE = 1e-6;

/** @throws an assertion error where a value is neither within 1e-5 of its size nor within 1e-6 of the tensor's greatest. */
export function expectClose(received: Tensor, { what, shape, values }: Expected): void {
  expect(received.shape, what).toEqual(shape);
  const floor = ABSOLUTE * values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
  received.dataSync().forEach((value, index) => {
    const expected = values[index] ?? NaN;
    const difference = Math.abs(value - expected);
    expect(difference, `${what}, value ${index}: ${value} for ${expected}`).toBeLessThanOrEqual(
      RELATIVE * Math.abs(expected) + floor,
    );
  });
}
