import {
  engine,
  exp,
  expandDims,
  greater,
  mul,
  neg,
  square,
  sub,
  sum,
  tensor,
  type Tensor,
  where,
  zerosLike,
  type Scalar,
} from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
  countParameters,
  deriveParameterCount,
  input,
  Layer,
  newPass,
  resetDeclarations,
  Sequential,
  type Shape,
  type Weight,
  withZeroWeights,
} from "../../../src/nn";
import { Dense, Embedding, Lambda, LeakyReLU } from "../../../src/nn/layers";
import "./backend";

/** yᵢ = wᵢ · exp(−‖x − μᵢ‖² / σᵢ²) */
class RBF extends Layer {
  centers!: Weight;
  widths!: Weight;
  heights!: Weight;

  constructor(readonly units: number) {
    super();
  }

  override build(inputShape: Shape): void {
    this.centers = this.addWeight("mu", [inputShape.at(-1) ?? 0, this.units], { initializer: "zeros" });
    this.widths = this.addWeight("sigma", [this.units], { initializer: "ones" });
    this.heights = this.addWeight("w", [this.units], { initializer: "ones" });
  }

  override call(x: Tensor): Tensor {
    const differences = sub(expandDims(x, 2), this.centers);
    const squares = sum(square(differences), 1);
    return mul(this.heights, exp(neg(mul(squares, square(this.widths)))));
  }
}

/** A layer made of layers. */
class Residual extends Layer {
  private readonly inner: Dense[];

  constructor(depth: number, units: number) {
    super();
    this.inner = Array.from({ length: depth }, () => new Dense(units, { activation: "tanh" }));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor): Tensor {
    return this.inner.reduce((value, layer) => layer.apply(value), x);
  }
}

beforeEach(() => void resetDeclarations());

describe("a layer of one's own", () => {
  it("has its output shape inferred and its parameters counted", () => {
    const layer = new RBF(64);
    const model = new Sequential({ inputShape: [784] }, [layer, new Dense(10)]);
    expect(model.outputs[0]?.shape).toEqual([null, 10]);
    expect(layer.inboundNodes[0]?.outputShape).toEqual([null, 64]);
    expect(countParameters(layer.weights)).toBe(50_304);
    expect(deriveParameterCount(layer)).toBe("784·64 + 64 + 64 = 50,304");
    expect(layer.weights.some((weight) => weight.hasValue)).toBe(false);
  });

  it("broadcasts samples against centres", () => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [3, 5]);
    const centers = tensor([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], [5, 2]);
    expect(sub(expandDims(x, 2), centers).shape).toEqual([3, 5, 2]);
    const layer = new RBF(2);
    layer.ensureBuilt([null, 5]);
    layer.centers.assign(centers);
    layer.widths.assign(tensor([0.1, 0.1]));
    layer.heights.assign(tensor([1, 2]));
    const [first, second] = [...layer.apply(x).dataSync()];
    expect(first).toBeCloseTo(Math.exp(-55 * 0.01), 5);
    expect(second).toBeCloseTo(2 * Math.exp(-30 * 0.01), 5);
  });

  it("takes gradients with respect to its weights, through conditions too", () => {
    const layer = new RBF(2);
    layer.ensureBuilt([null, 3]);
    layer.centers.assign(tensor([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [3, 2]));
    layer.widths.assign(tensor([1, 0.5]));
    layer.heights.assign(tensor([1, 2]));
    const x = tensor([0.5, -0.5, 0.25], [1, 3]);
    const loss = (): Scalar => {
      const y = layer.apply(x);
      return sum(where(greater(y, 0), y, zerosLike(y)));
    };
    const { value, grads } = engine().gradients(loss, layer.trainableWeights);
    expect(grads.map((gradient) => gradient.shape)).toEqual([[3, 2], [2], [2]]);
    const before = value.dataSync()[0] ?? NaN;
    const step = 1e-3;
    layer.heights.assign(tensor([1 + step, 2]));
    expect(((loss().dataSync()[0] ?? NaN) - before) / step).toBeCloseTo(grads[2]?.dataSync()[0] ?? NaN, 3);
  });

  it("holds other layers, whose weights become its own", () => {
    const layer = new Residual(3, 4);
    layer(input({ shape: [4] }));
    expect(layer.sublayers).toHaveLength(3);
    expect(layer.weights.map(({ path }) => path)).toEqual([
      "dense/kernel",
      "dense/bias",
      "dense_1/kernel",
      "dense_1/bias",
      "dense_2/kernel",
      "dense_2/bias",
    ]);
    layer.trainable = false;
    expect(layer.trainableWeights).toEqual([]);
    expect(layer.sublayers.every(({ trainable }) => !trainable)).toBe(true);
  });

  it("is told where call returns no tensor", () => {
    const layer = new Lambda(() => undefined as never, { name: "nothing" });
    expect(() => layer.apply(input({ shape: [2] }))).toThrow(
      "nothing (Lambda): call(…) returns a tensor or a list of tensors; it returned undefined.",
    );
  });
});

describe("masks", () => {
  it("travel through layers inside an own layer and a nested model", () => {
    const seen: (readonly number[] | undefined)[] = [];
    class Spy extends Layer {
      override call(x: Tensor, { masks }: { masks: readonly (Tensor | undefined)[] }): Tensor {
        seen.push(masks[0] && [...masks[0].dataSync()]);
        return x;
      }
    }
    class Wrapper extends Layer {
      readonly embedding = new Embedding(5, 2, { maskZero: true });
      readonly after = new LeakyReLU();
      readonly spy = new Spy();
      override call(x: Tensor): Tensor {
        return this.spy.apply(this.after.apply(this.embedding.apply(x)));
      }
    }
    const nested = new Sequential({ inputShape: [3] }, [new Embedding(5, 2, { maskZero: true }), new LeakyReLU()]);
    const model = new Sequential({ inputShape: [3] }, [nested, new Spy()]);
    seen.length = 0;
    for (const layer of [model, new Wrapper()]) {
      const x = tensor([1, 0, 2], [1, 3]);
      withZeroWeights(() => layer.run(x, newPass({ training: false }).context));
    }
    expect(seen).toEqual([
      [1, 0, 1],
      [1, 0, 1],
    ]);
  });
});
