import { hasMethod, show } from "./arguments";
import { ModelError } from "./errors";
import { lookUp } from "./lookup";
import { Generator } from "./random";
import { sizeOf } from "./shape";

/** Training inputs as one layer receives them, with their labels: what a data-dependent initializer looks at. */
export interface LayerSample {
  readonly x: { readonly values: Float32Array; readonly shape: readonly number[] };
  readonly y: { readonly values: Float32Array; readonly shape: readonly number[] };
}

export interface InitializerContext {
  /** A whole number derived from the plan's seed and the weight's place: equal seeds draw equal values. */
  readonly seed: number;
  /** `n` random training inputs as this layer receives them, with their labels. @throws where there is no training data (a demo). */
  readonly sample: (n: number) => LayerSample;
}

/** Draws a weight's first value, in row-major order. */
export type InitializerFunction = (shape: readonly number[], context: InitializerContext) => Float32Array;

/** A named initializer with its options. */
export interface Initializer {
  /** camelCase, e.g. `heNormal`; `custom` for a function. */
  readonly name: string;
  readonly draw: InitializerFunction;
  /** The same initializer for a weight whose fans do not follow from its shape; `undefined` where the fans do not matter. */
  readonly withFans?: ((fans: Fans) => Initializer) | undefined;
}

/** The numbers of connections into and out of one unit. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

export type InitializerName = keyof typeof NAMED;
export type InitializerLike = InitializerName | Initializer | InitializerFunction;

/** @throws ModelError for an unknown name or something that is no initializer. */
export function resolveInitializer(initializer: InitializerLike): Initializer {
  if (typeof initializer === "string") return namedInitializer(initializer);
  if (typeof initializer === "function") return custom(initializer);
  if (hasMethod(initializer, "draw")) return initializer;
  throw new ModelError(
    "invalid-argument",
    `An initializer is a name such as "heNormal", an object such as initializers.constant(0.1), or a function (shape, { sample, seed }) => Float32Array; received ${show(initializer)}.`,
  );
}

const byName = new Map<string, Initializer>();

/** Many weights share it. */
function namedInitializer(name: string): Initializer {
  let initializer = byName.get(name);
  if (initializer === undefined) byName.set(name, (initializer = Object.freeze(lookUp("initializer", name, NAMED)())));
  return initializer;
}

/** An initializer for a weight of which some axes are inputs and the others outputs, as in Keras's einsum layers. */
export function withFans(initializer: InitializerLike, fans: Fans): Initializer {
  const resolved = resolveInitializer(initializer);
  return resolved.withFans?.(fans) ?? resolved;
}

function custom(draw: InitializerFunction): Initializer {
  return {
    name: "custom",
    draw: (shape, context) => {
      const values: unknown = draw(shape, context);
      const size = sizeOf(shape);
      if (values instanceof Float32Array && values.length === size) return values;
      const received = values instanceof Float32Array ? `${values.length} values` : typeof values;
      throw new ModelError(
        "invalid-argument",
        `An initializer function returns a Float32Array with one value for each of the ${size} elements of shape [${shape.join(", ")}]; received ${received}.`,
      );
    },
  };
}

/** Every value 0. */
export function zeros(): Initializer {
  return named("zeros", (values) => values);
}

/** Every value 1. */
export function ones(): Initializer {
  return named("ones", (values) => values.fill(1));
}

/** Every value the same. @param value Default 0. */
export function constant(value = 0): Initializer {
  return named("constant", (values) => values.fill(value));
}

export interface RandomUniformOptions {
  /** Default −0.05. */
  minval?: number | undefined;
  /** Default 0.05. */
  maxval?: number | undefined;
  /** Default: derived from the plan's seed and the weight's place. */
  seed?: number | undefined;
}

/** Uniform from `minval` to `maxval`. https://keras.io/api/layers/initializers/#randomuniform-class */
export function randomUniform({ minval = -0.05, maxval = 0.05, seed }: RandomUniformOptions = {}): Initializer {
  return drawn("randomUniform", seed, (generator) => minval + (maxval - minval) * generator.uniform());
}

export interface RandomNormalOptions {
  /** Default 0. */
  mean?: number | undefined;
  /** Default 0.05. */
  stddev?: number | undefined;
  /** Default: derived from the plan's seed and the weight's place. */
  seed?: number | undefined;
}

/** A normal distribution. https://keras.io/api/layers/initializers/#randomnormal-class */
export function randomNormal({ mean = 0, stddev = 0.05, seed }: RandomNormalOptions = {}): Initializer {
  return drawn("randomNormal", seed, (generator) => mean + stddev * generator.normal());
}

/** A normal distribution whose values beyond two standard deviations are drawn again. */
export function truncatedNormal({ mean = 0, stddev = 0.05, seed }: RandomNormalOptions = {}): Initializer {
  return drawn("truncatedNormal", seed, (generator) => mean + stddev * generator.truncatedNormal());
}

export interface VarianceScalingOptions {
  /** Default 1. */
  scale?: number | undefined;
  /** Which number of connections divides the variance. Default `"fanIn"`. */
  mode?: "fanIn" | "fanOut" | "fanAvg" | undefined;
  /** Default `"truncatedNormal"`. */
  distribution?: "truncatedNormal" | "untruncatedNormal" | "uniform" | undefined;
  /** Default: derived from the plan's seed and the weight's place. */
  seed?: number | undefined;
}

/** The standard deviation of a standard normal distribution that is cut at two of its standard deviations. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/** Values of variance scale / fan. https://keras.io/api/layers/initializers/#variancescaling-class */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  return scaled("varianceScaling", options);
}

export interface SeedOptions {
  /** Default: derived from the plan's seed and the weight's place. */
  seed?: number | undefined;
}

/** Uniform within ±√(6 / (fan in + fan out)). Glorot & Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html */
export function glorotUniform({ seed }: SeedOptions = {}): Initializer {
  return scaled("glorotUniform", { scale: 1, mode: "fanAvg", distribution: "uniform", seed });
}

/** Truncated normal of variance 2 / (fan in + fan out). Glorot & Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html */
export function glorotNormal({ seed }: SeedOptions = {}): Initializer {
  return scaled("glorotNormal", { scale: 1, mode: "fanAvg", distribution: "truncatedNormal", seed });
}

/** Uniform within ±√(6 / fan in): for ReLU and its kin. He et al. 2015, https://arxiv.org/abs/1502.01852 */
export function heUniform({ seed }: SeedOptions = {}): Initializer {
  return scaled("heUniform", { scale: 2, mode: "fanIn", distribution: "uniform", seed });
}

/** Truncated normal of variance 2 / fan in: for ReLU and its kin. He et al. 2015, https://arxiv.org/abs/1502.01852 */
export function heNormal({ seed }: SeedOptions = {}): Initializer {
  return scaled("heNormal", { scale: 2, mode: "fanIn", distribution: "truncatedNormal", seed });
}

/** Uniform within ±√(3 / fan in): for SELU. LeCun et al. 1998, Efficient BackProp. */
export function lecunUniform({ seed }: SeedOptions = {}): Initializer {
  return scaled("lecunUniform", { scale: 1, mode: "fanIn", distribution: "uniform", seed });
}

/** Truncated normal of variance 1 / fan in: for SELU. Klambauer et al. 2017, https://arxiv.org/abs/1706.02515 */
export function lecunNormal({ seed }: SeedOptions = {}): Initializer {
  return scaled("lecunNormal", { scale: 1, mode: "fanIn", distribution: "truncatedNormal", seed });
}

export interface OrthogonalOptions extends SeedOptions {
  /** A factor of all values. Default 1. */
  gain?: number | undefined;
}

/** An orthogonal matrix, for recurrent kernels. Saxe et al. 2014, https://arxiv.org/abs/1312.6120 */
export function orthogonal({ gain = 1, seed }: OrthogonalOptions = {}): Initializer {
  return {
    name: "orthogonal",
    draw: (shape, context) => {
      if (shape.length < 2) throw tooFewDimensions("orthogonal", shape);
      const columns = shape.at(-1) ?? 1;
      const rows = sizeOf(shape) / columns;
      const basis = orthonormal(Math.max(rows, columns), Math.min(rows, columns), new Generator(seed ?? context.seed));
      const values = new Float32Array(rows * columns);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const value = rows >= columns ? basis[column]?.[row] : basis[row]?.[column];
          values[row * columns + column] = gain * (value ?? 0);
        }
      }
      return values;
    },
  };
}

/** `count` random orthonormal vectors of `length` elements, by the modified Gram–Schmidt process. */
function orthonormal(length: number, count: number, generator: Generator): Float64Array[] {
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => generator.normal());
    // Twice is enough (Kahan, in Parlett 1980): rounding leaves no component of the earlier vectors.
    for (const earlier of [...basis, ...basis]) {
      const overlap = dot(vector, earlier);
      for (let index = 0; index < length; index++) vector[index] = (vector[index] ?? 0) - overlap * (earlier[index] ?? 0);
    }
    const norm = Math.sqrt(dot(vector, vector));
    if (norm > 1e-6) basis.push(vector.map((value) => value / norm));
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** The identity matrix, times `gain` (default 1). */
export function identity({ gain = 1 }: { gain?: number | undefined } = {}): Initializer {
  return {
    name: "identity",
    draw: (shape) => {
      const [rows, columns, ...others] = shape;
      if (rows === undefined || columns === undefined || others.length > 0) throw tooFewDimensions("identity", shape);
      const values = new Float32Array(rows * columns);
      for (let index = 0; index < Math.min(rows, columns); index++) values[index * columns + index] = gain;
      return values;
    },
  };
}

const NAMED = {
  zeros,
  ones,
  constant,
  randomUniform,
  randomNormal,
  truncatedNormal,
  varianceScaling,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  orthogonal,
  identity,
  uniform: randomUniform,
  normal: randomNormal,
};

/** The numbers of connections into and out of one unit, as Keras counts them: a convolution's receptive field multiplies both. */
export function computeFans(shape: readonly number[]): Fans {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const receptiveField = sizeOf(shape.slice(0, -2));
  return { fanIn: (shape.at(-2) ?? 1) * receptiveField, fanOut: (shape.at(-1) ?? 1) * receptiveField };
}

function scaled(name: string, options: VarianceScalingOptions, fans?: Fans): Initializer {
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal", seed } = options;
  return {
    name,
    withFans: (given) => scaled(name, options, given),
    draw: (shape, context) => {
      const { fanIn, fanOut } = fans ?? computeFans(shape);
      const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
      const stddev = Math.sqrt(scale / Math.max(1, fan));
      const next = {
        uniform: (generator: Generator) => Math.sqrt(3) * stddev * (2 * generator.uniform() - 1),
        untruncatedNormal: (generator: Generator) => stddev * generator.normal(),
        truncatedNormal: (generator: Generator) => (stddev / TRUNCATED_STDDEV) * generator.truncatedNormal(),
      }[distribution];
      return drawn(name, seed, next).draw(shape, context);
    },
  };
}

function named(name: string, fill: (values: Float32Array) => Float32Array): Initializer {
  return { name, draw: (shape) => fill(new Float32Array(sizeOf(shape))) };
}

function drawn(name: string, seed: number | undefined, next: (generator: Generator) => number): Initializer {
  return {
    name,
    draw: (shape, context) => {
      const generator = new Generator(seed ?? context.seed);
      return new Float32Array(sizeOf(shape)).map(() => next(generator));
    },
  };
}

function tooFewDimensions(name: string, shape: readonly number[]): ModelError {
  return new ModelError("invalid-argument", `${name} needs the shape of a matrix; received [${shape.join(", ")}].`);
}
