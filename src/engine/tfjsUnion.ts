/**
 * Stands for the package `@tensorflow/tfjs` wherever tfjs-node asks for it: the same core, without tfjs-layers, the
 * converter and WebGL, which nothing here uses.
 */
export * from "@tensorflow/tfjs-core";
