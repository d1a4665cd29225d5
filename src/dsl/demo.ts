import { type Declarations, declarations, Layer, ModelError } from "../nn";
import type { ArrayData } from "./arrayData";

export interface DemoOptions {
  /** Whether dropout, noise and batch statistics are active. Default `false`. */
  training?: boolean | undefined;
  /** Default: the demo's number in the file, so that two demos of one layer draw differently. */
  seed?: number | undefined;
}

/** What a layer does to values, as a declaration: the analyzer computes it and shows it beside the line. */
export class Demo {
  /** Where it was declared. */
  readonly origin = new Error("origin");

  constructor(
    readonly layer: Layer,
    readonly values: ArrayData,
    readonly training: boolean,
    readonly seed: number,
  ) {}
}

/** Shows beside the line what a layer does to values, the batch first. */
export function demo(layer: Layer, values: ArrayData, options: DemoOptions = {}): Demo {
  if (!(layer instanceof Layer)) {
    throw new ModelError(
      "invalid-argument",
      `demo(layer, values) takes a layer such as layers.dropout(0.5); received ${typeof layer}.`,
    );
  }
  const declared = new Demo(layer, values, options.training ?? false, options.seed ?? declaredDemos().length);
  demosOf.set(declarations(), [...declaredDemos(), declared]);
  return declared;
}

const demosOf = new WeakMap<Declarations, Demo[]>();

/** The demos that the evaluation under way has declared, in order. They begin anew with `resetDeclarations()`. */
export function declaredDemos(): readonly Demo[] {
  return demosOf.get(declarations()) ?? [];
}
