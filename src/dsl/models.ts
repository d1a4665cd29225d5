import { Functional, type Layer, type Model, type ModelOptions, Sequential, type SequentialOptions } from "../nn";
import { made, meantModel, meantSequential } from "./callForms";

/**
 * A stack of layers, each fed by the one before.
 *
 * ```ts
 * export const mlp = sequential({ inputShape: [784] }, [layers.dense(300, { activation: "relu" }), layers.dense(10)]);
 * ```
 *
 * @param options `inputShape` leaves the batch out. Without it the first layer's `inputShape` or the data decides.
 */
export function sequential(options?: SequentialOptions, layers?: readonly Layer[]): Sequential;
export function sequential(...received: readonly unknown[]): Sequential {
  return made(meantSequential(received, sequential), ([options, layers]) => new Sequential(options, layers));
}

/**
 * A model from its inputs to its outputs, each a symbolic tensor, a list or a map of them: Keras's functional API.
 *
 * ```ts
 * const x = input({ shape: [784] });
 * export const classifier = model({ inputs: x, outputs: layers.dense(10)(x) });
 * ```
 */
export function model(options: ModelOptions): Model;
export function model(...received: readonly unknown[]): Model {
  return made(meantModel(received, model), (options) => new Functional(options));
}
