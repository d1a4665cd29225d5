import { describe, expect, it } from "vitest";
import { type InitializerContext, ModelError, resolveConstraint, resolveInitializer, resolveRegularizer } from "../../../src/nn";
import { computeFans, heNormal, orthogonal, randomUniform, truncatedNormal, varianceScaling } from "../../../src/nn/initializers";

const context: InitializerContext = {
  seed: 7,
  sample: () => {
    throw new Error("no data");
  },
};

function moments(values: Float32Array): { mean: number; stddev: number; greatest: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, stddev: Math.sqrt(variance), greatest: values.reduce((max, value) => Math.max(max, Math.abs(value)), 0) };
}

describe("initializers", () => {
  it("count fans as Keras's compute_fans does", () => {
    expect(computeFans([])).toEqual({ fanIn: 1, fanOut: 1 });
    expect(computeFans([5])).toEqual({ fanIn: 5, fanOut: 5 });
    expect(computeFans([784, 300])).toEqual({ fanIn: 784, fanOut: 300 });
    expect(computeFans([3, 3, 16, 32])).toEqual({ fanIn: 144, fanOut: 288 });
  });

  // Standard deviation, and the limit of the distribution: √3 deviations where uniform, 2 / .8796 where truncated.
  it.each([
    ["glorotUniform", Math.sqrt(2 / 500), Math.sqrt(6 / 500)],
    ["glorotNormal", Math.sqrt(2 / 500), (2 / 0.87962566103423978) * Math.sqrt(2 / 500)],
    ["heUniform", Math.sqrt(2 / 200), Math.sqrt(6 / 200)],
    ["heNormal", Math.sqrt(2 / 200), (2 / 0.87962566103423978) * Math.sqrt(2 / 200)],
    ["lecunUniform", Math.sqrt(1 / 200), Math.sqrt(3 / 200)],
    ["lecunNormal", Math.sqrt(1 / 200), (2 / 0.87962566103423978) * Math.sqrt(1 / 200)],
    ["randomUniform", 0.05 / Math.sqrt(3), 0.05],
    ["uniform", 0.05 / Math.sqrt(3), 0.05],
    ["truncatedNormal", 0.05 * 0.87962566103423978, 0.1],
    ["randomNormal", 0.05, Infinity],
  ] as const)("%s draws with Keras's deviation", (name, stddev, limit) => {
    const { mean, stddev: drawn, greatest } = moments(resolveInitializer(name).draw([200, 300], context));
    expect(Math.abs(mean)).toBeLessThan(0.02 * stddev);
    expect(drawn / stddev).toBeCloseTo(1, 1.7);
    expect(greatest).toBeLessThanOrEqual(limit * 1.000001);
  });

  it("draw equal values for equal seeds, and others for others", () => {
    const draw = (seed: number): Float32Array => heNormal().draw([4, 4], { ...context, seed });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(heNormal({ seed: 1 }).draw([4, 4], context)).toEqual(draw(1));
  });

  it("of a convolution scale by its receptive field", () => {
    const scaled = varianceScaling({ scale: 2, mode: "fanOut", distribution: "untruncatedNormal" }).draw([3, 3, 8, 64], context);
    expect(moments(scaled).stddev / Math.sqrt(2 / 576)).toBeCloseTo(1, 1.5);
  });

  it.each([[[6, 4]], [[4, 6]], [[2, 3, 5]]])("orthogonal gives orthonormal rows or columns for shape %j", (shape) => {
    const values = orthogonal({ gain: 2 }).draw(shape, context);
    const columns = shape.at(-1)!;
    const rows = values.length / columns;
    const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
    const at = (vector: number, index: number): number =>
      (rows >= columns ? values[index * columns + vector] : values[vector * columns + index])!;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        let product = 0;
        for (let index = 0; index < length; index++) product += at(a, index) * at(b, index);
        expect(product).toBeCloseTo(a === b ? 4 : 0, 5);
      }
    }
  });

  it("give the plain ones", () => {
    expect([...resolveInitializer("zeros").draw([2], context)]).toEqual([0, 0]);
    expect([...resolveInitializer("ones").draw([2], context)]).toEqual([1, 1]);
    expect([...resolveInitializer("identity").draw([2, 3], context)]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...randomUniform({ minval: 3, maxval: 3 }).draw([2], context)]).toEqual([3, 3]);
    expect(moments(truncatedNormal({ mean: 5, stddev: 1 }).draw([5000], context)).mean).toBeCloseTo(5, 1);
  });

  it("may be functions, whose result is checked", () => {
    const initializer = resolveInitializer(() => new Float32Array(3));
    expect(() => initializer.draw([2, 2], context)).toThrow(/4 elements of shape \[2, 2\]; received 3 values/);
    expect(initializer.draw([3], context)).toEqual(new Float32Array(3));
  });
});

describe("names", () => {
  it.each([
    [() => resolveInitializer("heNormall" as never), 'There is no initializer "heNormall". Did you mean "heNormal"?'],
    [() => resolveInitializer("glorot_uniform" as never), 'Did you mean "glorotUniform"?'],
    [() => resolveRegularizer("l3" as never), "Known: l1, l2, l1l2, orthogonal."],
    [() => resolveConstraint("nonneg" as never), 'Did you mean "nonNeg"?'],
    [() => resolveInitializer(5 as never), 'An initializer is a name such as "heNormal"'],
  ])("that are unknown are answered with the known ones", (resolve, message) => {
    expect(resolve).toThrow(ModelError);
    expect(resolve).toThrow(message);
  });
});
