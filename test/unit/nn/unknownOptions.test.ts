import { beforeEach, describe, expect, it } from "vitest";
import { input, type Layer, Layer as BaseLayer, type LayerOptions, resetDeclarations, type TensorInputs } from "../../../src/nn";
import { model, sequential } from "../../../src/dsl/models";
import * as layers from "../../../src/nn/layers";
import { gelu, threshold } from "../../../src/nn/parametricActivations";

type LayerClass = typeof BaseLayer;

const classes = Object.entries(layers).filter(([, value]) => typeof value === "function" && value.prototype instanceof BaseLayer);

beforeEach(() => void resetDeclarations());

describe("an option that a layer does not have", () => {
  it.each([
    [(): Layer => new layers.Dense(3, { activaton: "relu" } as never), "dense has no option activaton. Did you mean activation?"],
    [
      () => new layers.LSTM(3, { return_sequences: true } as never),
      "lstm has no option return_sequences. Did you mean returnSequences?",
    ],
    [(): Layer => new layers.MaxPooling2D({ stride: 2 } as never), "max_pooling2d has no option stride. Did you mean strides?"],
    [(): Layer => new layers.Add({ nme: "sum" } as never), "add has no option nme. Did you mean name?"],
    [(): Layer => new layers.Flatten({ order: "F" } as never), "flatten has no option order. Its options: dataFormat, name, "],
  ])("is named in training, with the nearest that it has: %#", (make, message) => {
    expect(make).toThrow(message);
  });

  it("is reported in analysis, and the layer keeps its numbers", () => {
    const declarations = resetDeclarations({ tolerant: true });
    const layer = new layers.Dense(3, { activaton: "relu", kernelInitialiser: "zeros" } as never);
    expect(declarations.errors.map(({ message }) => message.slice(0, message.indexOf(" Its")))).toEqual([
      "dense has no option activaton. Did you mean activation?",
      "dense has no option kernelInitialiser. Did you mean kernelInitializer?",
    ]);
    expect(declarations.errors.every((error) => error.layer === layer)).toBe(true);
    layer.ensureBuilt([null, 4]);
    expect(layer.computeOutputShape([null, 4])).toEqual([null, 3]);
  });

  it.each([
    [(): unknown => sequential({ input_shape: [4] } as never), "sequential has no option input_shape. Did you mean inputShape?"],
    [
      (): unknown => sequential({ layers: [] } as never),
      "received the layers as an option. Write sequential({ inputShape: […] }, [layers…])",
    ],
    [(): unknown => input({ inputShape: [4] } as never), "input has no option inputShape. It is shape here."],
    [
      (): unknown => input({ shape: [4], batchSize: 3 } as never),
      "input has no option batchSize. The size of a batch belongs to",
    ],
    [
      (): unknown => model({ input: input({ shape: [4] }), output: [] } as never),
      "model has no option input. Did you mean inputs? Its options: inputs, outputs, name.",
    ],
  ])("is named where a model is made: %#", (make, message) => {
    expect(make).toThrow(message);
  });

  it("is taken as it is meant where a model is made in analysis", () => {
    const declarations = resetDeclarations({ tolerant: true });
    expect(sequential({ input_shape: [4] } as never, [new layers.Dense(3)]).outputs[0]?.shape).toEqual([null, 3]);
    expect(declarations.errors.map(({ misspelling }) => misspelling)).toEqual([
      { written: "input_shape", nearest: "inputShape" },
    ]);
  });

  it.each([
    [(): Layer => new layers.LeakyReLU({ alpha: 0.2 } as never), "It is negativeSlope here, as in Keras 3."],
    [(): Layer => new layers.Dense(3, { input_dim: 4 } as never), "The size of the input comes from the model"],
    [(): Layer => new layers.Embedding(9, 3, { inputLength: 4 } as never), "The length comes from the input's shape"],
    [(): Layer => new layers.Dropout(0.5, { seed: 4 } as never), "All random numbers of a run come from one seed"],
    [(): Layer => new layers.LSTM(3, { stateful: true } as never), "Every batch starts from zeros"],
    [(): Layer => new layers.Dense(3, { batchInputShape: [1, 4] } as never), "The batch is left out of a shape"],
  ])("of Keras is told where it has gone: %#", (make, message) => {
    expect(make).toThrow(message);
  });

  it("is named where an activation has options", () => {
    expect(() => gelu({ aproximate: true } as never)).toThrow(
      'There is no option of activations.gelu "aproximate". Did you mean "approximate"?',
    );
    expect(() => threshold({ threshold: 1 } as never)).toThrow("activations.threshold needs defaultValue: a finite number.");
  });

  it.each(classes)("%s names its options", (_, layerClass) => {
    expect(Object.hasOwn(layerClass, "optionNames")).toBe(true);
    expect(Object.values((layerClass as unknown as LayerClass).optionNames ?? {}).every(Boolean)).toBe(true);
  });

  it("is an own layer's affair", () => {
    class Scale extends BaseLayer {
      readonly factor: number;
      constructor(options: LayerOptions & { factor: number }) {
        super(options);
        this.factor = options.factor;
      }
      override call(inputs: TensorInputs): TensorInputs {
        return inputs;
      }
    }
    class WideDense extends layers.Dense {
      constructor(options: { width: number }) {
        super(options.width, options as never);
      }
    }
    const made: Layer[] = [new Scale({ factor: 2 }), new WideDense({ width: 9 })];
    expect(made.map(({ name }) => name)).toEqual(["scale", "wide_dense"]);
  });
});
