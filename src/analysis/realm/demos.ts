import { engine, type Tensor, tensor, tensor1d } from "@tensorflow/tfjs-core";
import { type ArrayData, isShaped, isTypedArray, shapeMismatch, type TypedArray } from "../../dsl/arrayData";
import { type Demo, declaredDemos } from "../../dsl/demo";
import { newPass } from "../../nn/context";
import { ModelError } from "../../nn/errors";
import type { Layer } from "../../nn/layer";
import { Generator, SeededRandomStream } from "../../nn/random";
import type { EvaluatedDemo } from "../evaluation";
import { modelFrames } from "./stackTraces";

/** Shown beside a line, not read as a data set: more values are refused. */
const MOST_VALUES = 10_000;

/** Computes what each demo of the file shows; a demo that fails is handed to `note`. */
export function collectDemos(note: (error: unknown) => void): EvaluatedDemo[] {
  return declaredDemos().flatMap((demo) => {
    try {
      return [compute(demo)];
    } catch (error) {
      note(demoError(demo, error));
      return [];
    }
  });
}

function compute(demo: Demo): EvaluatedDemo {
  engine().startScope();
  try {
    return computeInScope(demo);
  } finally {
    engine().endScope();
  }
}

function computeInScope(demo: Demo): EvaluatedDemo {
  const input = toTensor(demo.values);
  const { layer } = demo;
  layer.ensureBuilt([null, ...input.shape.slice(1)]);
  initialize(layer, demo.seed);
  const { context } = newPass({ training: demo.training, random: new SeededRandomStream(demo.seed, 0) });
  const output = layer.run(input, context);
  const outputs = (Array.isArray(output) ? output : [output]) as Tensor[];
  return {
    frames: modelFrames(demo.origin),
    input: nested(input),
    output: outputs.length === 1 && outputs[0] !== undefined ? nested(outputs[0]) : outputs.map(nested),
  };
}

function initialize(layer: Layer, seed: number): void {
  layer.weights.forEach((weight, index) => {
    if (weight.hasValue) return;
    const values = weight.spec.initializer.draw(weight.spec.shape, {
      seed: new Generator(seed, index).word(),
      sample: () => {
        throw new Error(`the initializer of ${weight.path} asks for training data, and a demo has none`);
      },
    });
    weight.assign(tensor(values, [...weight.spec.shape]));
  });
}

function toTensor(data: ArrayData): Tensor {
  const values = asTensor(data);
  if (values.rank === 0) throw new Error("demo(layer, values) takes a batch of values, such as [[1, 2, 3]]; received a number");
  if (values.size > MOST_VALUES) {
    throw new Error(`demo(layer, values) takes at most ${MOST_VALUES} values; received ${values.size}`);
  }
  return values;
}

function asTensor(data: ArrayData): Tensor {
  if (isTypedArray(data)) return tensor1d(toFloats(data));
  if (!isShaped(data)) return tensor(data as number[]);
  const mismatch = shapeMismatch(data);
  if (mismatch !== undefined) throw new Error(`the values: ${mismatch}`);
  return tensor(toFloats(data.values), [...data.shape]);
}

function toFloats(values: TypedArray | readonly number[]): Float32Array {
  return Float32Array.from<number | bigint>(values, Number);
}

/** Nested arrays; what JSON cannot carry becomes a string, as everywhere in the protocol. */
function nested(values: Tensor): unknown {
  const encode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(encode);
    return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  };
  return encode(values.arraySync());
}

function demoError({ layer, origin }: Demo, error: unknown): ModelError {
  const reason = error instanceof Error ? error.message : String(error);
  const described = new ModelError("layer-call-failed", `The demo of ${layer.name} failed: ${reason}.`, undefined, {
    cause: error,
  });
  described.origin = origin;
  return described;
}
