import { Functional, type Layer, meantOptions, type Model, type ModelOptions, Sequential, type SequentialOptions } from "../nn";

/**
 * A stack of layers, each fed by the one before.
 *
 * ```ts
 * export const mlp = sequential({ inputShape: [784] }, [layers.dense(300, { activation: "relu" }), layers.dense(10)]);
 * ```
 *
 * @param options `inputShape` leaves the batch out. Without it the first layer's `inputShape` or the data decides.
 */
export function sequential(options?: SequentialOptions, layers?: readonly Layer[]): Sequential {
  const meant = options && meantOptions("sequential", options, { name: true, inputShape: true }, sequential);
  return new Sequential(meant, layers);
}

/**
 * A model from its inputs to its outputs, each a symbolic tensor, a list or a map of them: Keras's functional API.
 *
 * ```ts
 * const x = input({ shape: [784] });
 * export const classifier = model({ inputs: x, outputs: layers.dense(10)(x) });
 * ```
 */
export function model(options: ModelOptions): Model {
  return new Functional(meantOptions("model", options, { inputs: true, outputs: true, name: true }, model));
}
