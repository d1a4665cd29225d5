import { square, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
  countParameters,
  Functional,
  input,
  ModelError,
  newPass,
  resetDeclarations,
  Sequential,
  withZeroWeights,
} from "../../../src/nn";
import {
  Add,
  Concatenate,
  Dense,
  Dropout,
  Embedding,
  Flatten,
  Lambda,
  LeakyReLU,
  Reshape,
  Subtract,
} from "../../../src/nn/layers";
import "./backend";

beforeEach(() => void resetDeclarations());

const message = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof ModelError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing was thrown";
};

describe("sequential", () => {
  it("counts the Fashion-MNIST network", () => {
    const mlp = new Sequential({ name: "mlp", inputShape: [28, 28] }, [
      new Flatten(),
      new Dense(300, { kernelInitializer: "heNormal" }),
      new LeakyReLU(),
      new Dense(100, { kernelInitializer: "heNormal" }),
      new LeakyReLU(),
      new Dense(10, { activation: "softmax" }),
    ]);
    expect(mlp.layers.map(({ name, weights }) => [name, countParameters(weights)])).toEqual([
      ["flatten", 0],
      ["dense", 235_500],
      ["leaky_re_lu", 0],
      ["dense_1", 30_100],
      ["leaky_re_lu_1", 0],
      ["dense_2", 1_010],
    ]);
    expect(countParameters(mlp.weights)).toBe(266_610);
    expect(mlp.flops()).toBe(2 * (784 * 300 + 300 * 100 + 100 * 10));
    expect(mlp.outputs[0]?.shape).toEqual([null, 10]);
  });

  it("holds a thousand layers without deep recursion", () => {
    const deep = new Sequential({ inputShape: [4] });
    for (let depth = 0; depth < 1000; depth++) deep.add(new Dense(4));
    expect(countParameters(deep.weights)).toBe(20_000);
    let x = input({ shape: [4] });
    const start = x;
    for (let depth = 0; depth < 1000; depth++) x = new Dense(4)(x);
    const functional = new Functional({ inputs: start, outputs: x });
    expect(functional.layers).toHaveLength(1001);
    withZeroWeights(() => {
      expect((functional.run(tensor([[1, 2, 3, 4]]), newPass({ training: false }).context) as Tensor).shape).toEqual([1, 4]);
    });
  });

  it("takes each layer once, and says how weights are shared", () => {
    const twice = new Dense(4);
    const repeated =
      "invalid-argument: The layer dense stands in sequential twice, and sequential takes each layer once. Make a second layer, or share";
    expect(message(() => new Sequential({ inputShape: [4] }, [twice, new LeakyReLU(), twice]))).toContain(repeated);
    const { errors } = resetDeclarations({ tolerant: true });
    const again = new Dense(4);
    const shown = new Sequential({ inputShape: [4] }, [again, again]);
    expect(errors.map(({ code, layer }) => [code, layer])).toEqual([["invalid-argument", again]]);
    expect(shown.outputs[0]?.shape).toEqual([null, 4]);
  });

  it("goes on after an error in a tolerant evaluation, and reports it once", () => {
    const declared = resetDeclarations({ tolerant: true });
    const inner = new Sequential({ inputShape: [28, 28] }, [new Dense(5), new Reshape([7]), new Dense(3)]);
    const outer = new Sequential({ inputShape: [28, 28] }, [inner, new Dense(2)]);
    expect(declared.errors.map(({ code, layer }) => [code, layer?.name])).toEqual([["shape-mismatch", "reshape"]]);
    expect(countParameters(inner.layers[0]?.weights ?? [])).toBe(145);
    expect(outer.layers).toHaveLength(2);
  });
});

describe("functional", () => {
  it("has several inputs and outputs, shared layers and nested models", () => {
    const i = input({ shape: [], name: "i" });
    const j = input({ shape: [], name: "j" });
    const embedding = new Embedding(20, 2);
    const difference = new Subtract().apply([embedding(i), embedding(j)]) as ReturnType<typeof input>;
    const distance = new Lambda((x) => square(x))(difference);
    const scorer = new Sequential({ inputShape: [2] }, [new Dense(1)]);
    const model = new Functional({ inputs: [i, j], outputs: { score: scorer(distance), difference } });
    expect(model.outputNames).toEqual(["score", "difference"]);
    expect(model.outputs.map(({ shape }) => shape)).toEqual([
      [null, 1],
      [null, 2],
    ]);
    expect(countParameters(model.weights)).toBe(43);
    expect(embedding.inboundNodes).toHaveLength(2);
    withZeroWeights(() => {
      const outputs = model.run([tensor([1, 2, 3]), tensor([4, 5, 6])], newPass({ training: false }).context) as Tensor[];
      expect(outputs.map(({ shape }) => shape)).toEqual([
        [3, 1],
        [3, 2],
      ]);
    });
  });

  it("names what is wrong", () => {
    const a = input({ shape: [10], name: "a" });
    const b = input({ shape: [20], name: "b" });
    expect(message(() => new Add().apply([a, b]))).toBe(
      "merge-shape-mismatch: add takes inputs of equal shape; received (?, 10) and (?, 20).",
    );
    expect(message(() => new Add()(a))).toContain("merge-shape-mismatch: add_1 merges a list of tensors");
    expect(
      message(() => new Concatenate({ axis: 1, name: "join" }).apply([input({ shape: [4, 3] }), input({ shape: [4, 2] })])),
    ).toContain("join joins inputs along axis 1, and their other sizes must be equal; received (?, 4, 3) and (?, 4, 2).");
    expect(message(() => new Reshape([3, 3], { name: "square" })(a))).toBe(
      "shape-mismatch: square received samples of shape (10), which hold 10 values; its target shape (3, 3) holds 9 values.",
    );
    const shared = new Dense(3, { name: "shared" });
    shared(a);
    expect(message(() => shared(b))).toContain("shape-mismatch: shared has weights for 10 input features; received 20");
    expect(message(() => new Dense(2)(input({ shape: [null] })))).toContain("which is unknown in (?, ?)");
    expect(message(() => new Functional({ inputs: a, outputs: new Dense(1)(b) }))).toContain("disconnected-graph");
  });
});

describe("arguments", () => {
  it.each([
    [() => new Dense("ten" as never), 'invalid-argument: layers.dense(units) takes a positive whole number; received "ten".'],
    [() => new Dense(0), "invalid-argument: layers.dense(units) takes a positive whole number; received 0."],
    [
      () => new Dense(3, "relu" as never),
      'invalid-argument: The options of Dense are one object, such as { name: "hidden" }; received "relu".',
    ],
    [() => new Dense(3, { activation: "rellu" as never }), "unknown-name: There is no activation"],
    [
      () => new Dropout(50),
      "invalid-argument: layers.dropout(rate) takes the share of values to drop, a number from 0 to 1; received 50.",
    ],
    [
      () => new LeakyReLU("a" as never),
      'invalid-argument: layers.leakyReLU(negativeSlope) takes a number of at least 0; received "a".',
    ],
    [() => new Reshape(3 as never), "invalid-argument: layers.reshape(targetShape) takes the new shape of one sample"],
    [
      () => new Embedding(20, 1.5),
      "invalid-argument: layers.embedding(inputDim, outputDim): outputDim takes a positive whole number; received 1.5.",
    ],
    [() => new Dense(3, null as never), "invalid-argument: The options of Dense are one object"],
    [() => new Dense(3, { activation: null as never }), "invalid-argument: An activation is a name"],
    [() => new Dense(3, { kernelInitializer: {} as never }).build([null, 2]), "invalid-argument: An initializer is a name"],
    [() => input({ shape: 784 } as never), "invalid-argument: The shape of an input is a list of positive whole numbers"],
    [() => input(undefined as never), "such as [28, 28], with null for a dimension that varies; received undefined."],
    [() => new Sequential({ inputShape: [28, 0] }), "received [28, 0]."],
    [
      () => new Sequential([new Dense(3)] as never),
      "sequential(options, layers) takes options such as { inputShape: [28, 28] }, then a list of layers; received [a layer (Dense)] first. Write sequential({ inputShape: […] }, [layers…]) with the shape of one sample.",
    ],
    [
      () => new Functional({ inputs: input({ shape: [1] }) } as never),
      "invalid-argument: model({ outputs }) takes a symbolic tensor",
    ],
    [
      () => {
        const x = new Dense(3)(input({ shape: [1] }));
        return new Functional({ inputs: x, outputs: new Dense(3)(x) });
      },
      "a list or a map of them: the results of input({ shape }); received the output of dense.",
    ],
  ])("are checked: %s", (body, expected) => {
    expect(message(body)).toContain(expected);
  });

  it("may leave the main one out", () => {
    const slopes = [
      new LeakyReLU(undefined, { name: "a" }),
      new LeakyReLU({ negativeSlope: 0.1 }),
      new LeakyReLU(0.2, { name: "b" }),
    ];
    expect(slopes.map(({ name, negativeSlope }) => [name, negativeSlope])).toEqual([
      ["a", 0.3],
      ["leaky_re_lu", 0.1],
      ["b", 0.2],
    ]);
  });
});
