import { Layer, makeLayer, ModelError } from "../nn";
import { show } from "../nn/arguments";

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
  const given: unknown = layerClass;
  if (!isLayerClass(given)) throw noLayerClass(given);
  return (...args) => makeLayer(layerClass, args);
}

function isLayerClass(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof Layer;
}

function noLayerClass(received: unknown): ModelError {
  const advice =
    received instanceof Layer
      ? ` Write layer(${received.className}), without new; what it returns makes the layers.`
      : typeof received === "function"
        ? " A function of a tensor becomes a layer by layers.lambda((x) => …), and a class one by class … extends Layer."
        : "";
  return new ModelError(
    "invalid-argument",
    `layer(…) takes a class that extends Layer, and makes a function of it that makes layers; received ${describe(received)}.${advice}`,
  );
}

function describe(received: unknown): string {
  const isClass = typeof received === "function" && /^class\b/.test(Function.prototype.toString.call(received));
  return isClass ? `the class ${received.name}, which does not` : show(received);
}
