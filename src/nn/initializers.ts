/** Training inputs as one layer receives them, with their labels: what a data-dependent initializer looks at. */
export interface LayerSample {
  readonly x: { readonly values: Float32Array; readonly shape: readonly number[] };
  readonly y: { readonly values: Float32Array; readonly shape: readonly number[] };
}

export interface InitializerContext {
  /** A whole number derived from the plan's seed and the weight's place: equal seeds draw equal values. */
  readonly seed: number;
  /** `n` random training inputs as this layer receives them, with their labels. @throws where there is no training data (a demo). */
  sample(n: number): LayerSample;
}

/** Draws a weight's first value, in row-major order. */
export type InitializerFunction = (shape: readonly number[], context: InitializerContext) => Float32Array;

/** A named initializer with its options. */
export interface Initializer {
  /** camelCase, e.g. `heNormal`; `custom` for a function. */
  readonly name: string;
  readonly draw: InitializerFunction;
}

export type InitializerLike = string | Initializer | InitializerFunction;

export declare function resolveInitializer(initializer: InitializerLike): Initializer;
