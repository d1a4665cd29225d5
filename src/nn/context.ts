import type { Tensor } from "@tensorflow/tfjs-core";
import { type RandomStream, SeededRandomStream } from "./random";
import type { Weight } from "./weight";

/** What a forward pass knows besides its inputs. */
export interface CallContext {
  /** Whether dropout, noise and batch statistics are active. */
  readonly training: boolean;
  readonly random: RandomStream;
  /** Keras's mask of each input: true where a time step counts. `undefined` where nothing is masked. */
  readonly masks: readonly (Tensor | undefined)[];
  /** Notes a new value for a weight that is not trained by gradients (moving statistics); the train step applies it afterwards. */
  update(weight: Weight, value: Tensor): void;
  /** The weight's value after what was noted in this pass: a layer that is called twice updates its own update. */
  latest(weight: Weight): Tensor;
  /** Adds a penalty to the loss (activity regularization); a scalar. */
  addLoss(penalty: Tensor): void;
}

/** What a pass leaves behind besides its output. */
export interface PassRecord {
  readonly updates: Map<Weight, Tensor>;
  readonly penalties: Tensor[];
}

/** A context for one pass, and the record of what it leaves behind. */
export function newPass(options: { training: boolean; random?: RandomStream }): { context: CallContext; record: PassRecord } {
  const record: PassRecord = { updates: new Map(), penalties: [] };
  const context: CallContext = {
    training: options.training,
    random: options.random ?? new SeededRandomStream(0, 0),
    masks: [],
    update: (weight, value) => record.updates.set(weight, value),
    latest: (weight) => record.updates.get(weight) ?? weight,
    addLoss: (penalty) => record.penalties.push(penalty),
  };
  return { context, record };
}

let current: { readonly context: CallContext; readonly layer: string } | undefined;

/** The context of the pass under way: what a layer called inside another layer's `call` inherits. */
export function currentContext(): CallContext {
  return current?.context ?? newPass({ training: false }).context;
}

/** The name of the layer whose `call` runs now, the innermost one; `undefined` outside of all. */
export function layerUnderWay(): string | undefined {
  return current?.layer;
}

/** Runs the `call` of a layer. */
export function withContext<T>(context: CallContext, layer: string, body: () => T): T {
  const outer = current;
  current = { context, layer };
  try {
    return body();
  } finally {
    current = outer;
  }
}
