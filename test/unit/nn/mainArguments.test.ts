import { beforeEach, describe, expect, it } from "vitest";
import { layer } from "../../../src/dsl/layer";
import * as factories from "../../../src/dsl/layers";
import { Layer, resetDeclarations } from "../../../src/nn";
import { factoryName } from "../../../src/nn/factoryNames";
import * as classes from "../../../src/nn/layers";

type LayerClass = typeof Layer;
type Factory = (...args: unknown[]) => Layer;

const layerClasses: readonly LayerClass[] = Object.values(classes).filter(
  (value) => typeof value === "function" && value.prototype instanceof Layer,
) as unknown as readonly LayerClass[];
const withMainArguments = layerClasses.filter(
  ({ mainArguments, optionNames = {} }) => mainArguments.length > 0 && !mainArguments.some((name) => name in optionNames),
);

const factoryOf = (name: string): Factory | undefined =>
  (factories as unknown as Readonly<Record<string, Factory | undefined>>)[name.replace(/^layers\./, "")];

beforeEach(() => void resetDeclarations());

describe("main arguments", () => {
  it.each(layerClasses)("$name has the name of its factory", ({ name }) => {
    expect(factoryOf(factoryName(name))).toBeTypeOf("function");
  });

  it.each(withMainArguments)("of $name that are given by name are told with the whole call", ({ name, mainArguments }) => {
    const factory = factoryName(name);
    const options = Object.fromEntries(mainArguments.map((argument, position) => [argument, `v${position}`]));
    const values = mainArguments.map((_, position) => `"v${position}"`);
    expect(() => factoryOf(factory)?.({ ...options, name: "mine" })).toThrow(
      `Write ${factory}(${values.join(", ")}, { name: "mine" }).`,
    );
  });

  it("are taken as they are meant in analysis", () => {
    const declarations = resetDeclarations({ tolerant: true });
    const conv2d = (factories.conv2d as unknown as Factory)({ filters: 8, kernel_size: 3, padding: "same" });
    expect(declarations.errors.map(({ message }) => message)).toEqual([
      `layers.conv2d(filters, kernelSize) takes filters and kernelSize first, without their names; received the options filters and kernel_size. Write layers.conv2d(8, 3, { padding: "same" }).`,
    ]);
    expect(declarations.errors[0]?.layer).toBe(conv2d);
    expect(conv2d.computeOutputShape([null, 28, 28, 1])).toEqual([null, 28, 28, 8]);
  });

  it("may have names where the options have them too", () => {
    expect(factories.leakyReLU({ negativeSlope: 0.2 }).negativeSlope).toBe(0.2);
    expect(factories.elu({ alpha: 0.5 }).alpha).toBe(0.5);
  });

  it("of an own layer are its own affair", () => {
    class Scale extends Layer {
      static override readonly mainArguments = ["factor"];
      constructor(readonly options: { factor: number }) {
        super();
      }
      override call(): never {
        throw new Error("is not called");
      }
    }
    expect(layer(Scale)({ factor: 2 }).options.factor).toBe(2);
  });
});
