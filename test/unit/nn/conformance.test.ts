import {
  add,
  dispose,
  engine,
  mean,
  memory,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  countParameters,
  deriveParameterCount,
  Generator,
  isShapeList,
  Layer,
  newPass,
  resetDeclarations,
  SeededRandomStream,
  type Shape,
  type TensorInputs,
  type Weight,
} from "../../../src/nn";
import { inferOutputShape } from "../../../src/nn/infer";
import * as layers from "../../../src/nn/layers";
import { InputLayer } from "../../../src/nn/input";
import "./backend";
import type { LayerCase } from "./layerCase";
import { layerCases } from "./layerCases";
import { layerCasesB } from "./layerCasesB";
import { layerCasesC } from "./layerCasesC";

const cases: readonly LayerCase[] = [...layerCases, ...layerCasesB, ...layerCasesC];
const BATCH = 3;
const STEP = 2e-3;
const CHECKED_COORDINATES = 8;

beforeEach(() => void resetDeclarations());

describe.each(cases.map((layerCase) => ({ name: nameOf(layerCase), layerCase })))("$name", ({ layerCase }) => {
  let trial: Trial;
  beforeEach(() => {
    trial = new Trial(layerCase);
  });
  afterEach(() => trial.dispose());

  it("declares its weights and its output shape", () => {
    const { layer } = trial;
    expect(layer.weights.map(({ spec }) => [spec.name, spec.shape])).toEqual(layerCase.weights ?? []);
    expect(layer.nonTrainableWeights.map(({ spec }) => spec.name)).toEqual(layerCase.fixed ?? []);
    expect(layer.computeOutputShape(layerCase.inputShape)).toEqual(layerCase.outputShape);
  });

  it("computes what it declares, training and not", () => {
    expect(inferOutputShape(trial.layer, layerCase.inputShape, trial.dtypes)).toEqual(layerCase.outputShape);
    const expected = shapeList(layerCase.outputShape).map((shape) => shape.map((size) => size ?? BATCH));
    for (const training of [false, true]) {
      tidy(() => {
        const outputs = listOf(trial.run(training).outputs);
        expect(outputs.map(({ shape }) => shape)).toEqual(expected);
        for (const output of outputs) expect([...output.dataSync()].every(Number.isFinite)).toBe(true);
        if (!training && layerCase.identityOutsideTraining === true)
          expect(outputs[0]?.dataSync()).toEqual(trial.inputs[0]?.dataSync());
      });
    }
  });

  it("has the gradients that finite differences give", () => {
    const { tolerance = 5e-3 } = layerCase;
    const variables = trial.variables;
    if (variables.length === 0) return;
    for (const [index, { variable, gradient }] of trial.gradients((outputs) => trial.project(outputs)).entries()) {
      const generator = new Generator(7, index);
      for (let count = 0; count < Math.min(CHECKED_COORDINATES, variable.size); count++) {
        const coordinate = variable.size <= CHECKED_COORDINATES ? count : generator.below(variable.size);
        const numeric = trial.difference(variables[index] as Variable, coordinate);
        const analytic = gradient[coordinate] ?? 0;
        expect(
          Math.abs(analytic - numeric),
          `${variable.name}[${coordinate}]: ${analytic}, by differences ${numeric}`,
        ).toBeLessThan(tolerance * (1 + Math.abs(numeric)));
      }
    }
  });

  it("lowers a loss in one step", () => {
    // A layer of whole numbers without weights has nothing to learn by.
    if (trial.variables.length === 0) return;
    const { before, after } = trial.trainOneStep();
    expect(Number.isFinite(before)).toBe(true);
    expect(after).toBeLessThan(before);
  });

  it("counts, explains and documents itself", () => {
    const { layer } = trial;
    const derivation = deriveParameterCount(layer) ?? "";
    const [terms = "", total = terms] = derivation.replaceAll(",", "").split(" = ");
    const products = terms.split(" + ").map((term) => term.split("·").reduce((product, factor) => product * Number(factor), 1));
    expect(products.reduce((a, b) => a + b)).toBe(countParameters(layer.weights));
    expect(Number(total)).toBe(countParameters(layer.weights));
    expect(layer.flops(layerCase.inputShape, layerCase.outputShape)).toBe(layerCase.flops);
    expect(layer.documentation?.summary).toMatch(/^[A-Z].{20,}\.$/);
    expect(layer.documentation?.formula).toMatch(/[^ ]/);
    expect(balanced(layer.documentation?.formula ?? "")).toBe(true);
    expect(layer.documentation?.source).toMatch(/^https:\/\/keras\.io\/api\/layers\/([a-z0-9_]+\/){2,3}$/);
    for (const { spec } of layer.weights) {
      for (const factor of spec.factors) expect(factor.name, `a factor of ${spec.name}`).not.toBe("");
    }
  });
});

describe("the table", () => {
  it("has every layer that is exported", () => {
    const exported = Object.entries(layers).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof Layer,
    );
    const covered = new Set(cases.map(({ make }) => make().constructor.name));
    expect(exported.map(([name]) => name).filter((name) => !covered.has(name))).toEqual([]);
    expect(exported.length).toBeGreaterThan(30);
  });

  it("knows FLOPs everywhere but in lambdas", () => {
    expect(cases.filter(({ flops }) => flops === null).map(({ make }) => make().className)).toEqual(["Lambda", "Lambda"]);
  });
});

/** A weight or an input, changed one number at a time. */
interface Variable {
  readonly name: string;
  readonly size: number;
  /** What gradients are taken with respect to. */
  readonly tensor: Tensor;
  read(): Float32Array;
  write(values: Float32Array): void;
}

/** One layer, built, with values in its weights and inputs. */
class Trial {
  readonly layer: Layer;
  readonly inputs: Tensor[];
  readonly dtypes: ("int32" | "float32")[];
  private readonly tensorsBefore = memory().numTensors;
  private readonly coefficients = new Map<number, Float32Array>();

  constructor(private readonly layerCase: LayerCase) {
    const shapes = shapeList(layerCase.inputShape);
    const { wholeNumbersBelow } = layerCase;
    this.dtypes = shapes.map(() => (wholeNumbersBelow === undefined ? "float32" : "int32"));
    this.layer = layerCase.make();
    const inputs = shapes.map((shape, index) => new InputLayer({ shape: shape.slice(1), dtype: this.dtypes[index] }).output);
    this.layer.apply(isShapeList(layerCase.inputShape) ? inputs : inputs[0]);
    for (const [index, weight] of this.layer.weights.entries()) {
      weight.assign(tensor(weight.spec.initializer.draw(weight.shape, { seed: index + 1, sample: noSample }), weight.shape));
    }
    const generator = new Generator(5);
    const sizes = shapes.map((shape) => shape.map((dimension) => dimension ?? BATCH));
    const counts = sizes.map((size) => size.reduce((a, b) => a * b, 1));
    const total = counts.reduce((a, b) => a + b);
    const values =
      wholeNumbersBelow === undefined
        ? smoothPlaces(total, generator)
        : Float32Array.from({ length: total }, () => generator.below(wholeNumbersBelow));
    let start = 0;
    this.inputs = sizes.map((size, index) =>
      tensor(values.slice(start, (start += counts[index] ?? 0)), size, this.dtypes[index]),
    );
  }

  dispose(): void {
    for (const weight of this.layer.weights) weight.release();
    dispose(this.inputs);
    expect(memory().numTensors, "tensors left behind").toBe(this.tensorsBefore);
  }

  run(training: boolean): { outputs: TensorInputs; penalties: readonly Tensor[] } {
    const { context, record } = newPass({ training, random: new SeededRandomStream(3, 0) });
    const inputs = isShapeList(this.layerCase.inputShape) ? this.inputs : (this.inputs[0] as Tensor);
    return { outputs: this.layer.run(inputs, context), penalties: record.penalties };
  }

  private get training(): boolean {
    return this.layerCase.gradientsOutsideTraining !== true;
  }

  get variables(): Variable[] {
    return [...this.layer.trainableWeights.map(weightVariable), ...this.inputVariables];
  }

  private get inputVariables(): Variable[] {
    if (this.layerCase.wholeNumbersBelow !== undefined) return [];
    return this.inputs.map((input, index) => ({
      name: `input ${index}`,
      size: input.size,
      tensor: input,
      read: () => input.dataSync<"float32">().slice(),
      write: (values) => input.dataSync<"float32">().set(values),
    }));
  }

  /** A weighted sum of the outputs and the penalties, so that every output's gradient differs. */
  project({ outputs, penalties }: ReturnType<Trial["run"]>): Scalar {
    const terms = listOf(outputs).map((output) => sum(mul(output, tensor(this.coefficientsFor(output.size), output.shape))));
    return [...terms, ...penalties].reduce((a, b) => add(a, b)) as Scalar;
  }

  gradients(loss: (run: ReturnType<Trial["run"]>) => Scalar): { variable: Variable; gradient: Float32Array }[] {
    const { variables } = this;
    const { value, grads } = engine().gradients(
      () => loss(this.run(this.training)),
      variables.map((variable) => variable.tensor),
      undefined,
      true,
    );
    const results = variables.map((variable, index) => {
      const gradient: Tensor | undefined = grads[index];
      return { variable, gradient: gradient?.dataSync<"float32">().slice() ?? new Float32Array(variable.size) };
    });
    dispose([value, ...grads.filter((gradient) => (gradient as Tensor | undefined) !== undefined)]);
    return results;
  }

  difference(variable: Variable, coordinate: number): number {
    const values = variable.read();
    const at = (offset: number): number => {
      const moved = values.slice();
      moved[coordinate] = (values[coordinate] ?? 0) + offset;
      variable.write(moved);
      return tidy(() => this.project(this.run(this.training)).dataSync<"float32">()[0] ?? NaN);
    };
    const slope = (at(STEP) - at(-STEP)) / (2 * STEP);
    variable.write(values);
    return slope;
  }

  /** The mean squared distance to made-up targets, before and after a small step against the gradient. */
  trainOneStep(): { before: number; after: number } {
    const loss = ({ outputs, penalties }: ReturnType<Trial["run"]>): Scalar => {
      const terms = listOf(outputs).map((output) =>
        mean(square(sub(output, tensor(this.coefficientsFor(output.size), output.shape)))),
      );
      return [...terms, ...penalties].reduce((a, b) => add(a, b)) as Scalar;
    };
    const value = (): number => tidy(() => loss(this.run(this.training)).dataSync<"float32">()[0] ?? NaN);
    const before = value();
    const gradients = this.gradients(loss);
    const norm = Math.hypot(...gradients.flatMap(({ gradient }) => [...gradient]));
    for (const { variable, gradient } of gradients) {
      variable.write(variable.read().map((each, index) => each - (STEP * (gradient[index] ?? 0)) / norm));
    }
    return { before, after: value() };
  }

  private coefficientsFor(size: number): Float32Array {
    const known = this.coefficients.get(size);
    if (known !== undefined) return known;
    const generator = new Generator(11, size);
    const made = Float32Array.from({ length: size }, () => generator.normal());
    this.coefficients.set(size, made);
    return made;
  }
}

function weightVariable(weight: Weight): Variable {
  return {
    name: weight.spec.name,
    size: weight.size,
    tensor: weight,
    read: () => weight.value.dataSync<"float32">().slice(),
    write: (values) => weight.assign(tensor(values, weight.shape)),
  };
}

/**
 * Different numbers from −2.2 to 2.2, in random order. Piecewise functions have kinks at 0, ±0.5 and ±1, and maxima where two values are
 * equal: differences across a kink would mean nothing.
 */
function smoothPlaces(count: number, generator: Generator): Float32Array {
  const candidates = Float32Array.from(
    { length: Math.ceil(count * 1.5) + 2 },
    (_, index) => 4.4 * ((index + 0.5) / (count * 1.5 + 2) - 0.5),
  );
  const smooth = candidates.filter((value) => [-1, -0.5, 0, 0.5, 1].every((kink) => Math.abs(value - kink) > 2 * STEP));
  return generator.shuffle(smooth).slice(0, count);
}

function noSample(): never {
  throw new Error("There is no training data here.");
}

function listOf(tensors: TensorInputs): readonly Tensor[] {
  return tensors instanceof Tensor ? [tensors] : tensors;
}

function shapeList(shape: Shape | readonly Shape[]): readonly Shape[] {
  return isShapeList(shape) ? shape : [shape];
}

function nameOf({ make, title }: LayerCase): string {
  return title === undefined ? make().className : `${make().className} (${title})`;
}

function balanced(formula: string): boolean {
  let depth = 0;
  for (const character of formula) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
