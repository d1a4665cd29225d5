/**
 * Stands for the package `@tensorflow/tfjs` wherever tfjs-node asks for it: the same core with its gradients and chained
 * operations, without tfjs-layers, the converter and WebGL, which nothing here uses.
 */
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { KernelBackend as CoreKernelBackend } from "@tensorflow/tfjs-core";

export * from "@tensorflow/tfjs-core";

// tfjs-node is compiled to ES5, where a constructor calls its parent's as a function; a class cannot be called so.
export function KernelBackend(): void {
  return;
}
KernelBackend.prototype = CoreKernelBackend.prototype;
