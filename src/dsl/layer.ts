import { type Layer, makeLayer } from "../nn";

/**
 * Makes the callable factory of a layer class, so that own layers are written as the built-in ones are:
 *
 * ```ts
 * class Scale extends Layer { … }
 * const scale = layer(Scale);
 * sequential({}, [layers.dense(8), scale(2)]);
 * ```
 */
export function layer<Arguments extends readonly unknown[], L extends Layer>(
  layerClass: new (...args: Arguments) => L,
): (...args: Arguments) => L {
  return (...args) => makeLayer(layerClass, args);
}
