import { type TensorContainer, tidy } from "@tensorflow/tfjs-core";

/** `tidy` for results of any type: the tensors in it are kept, all others that `body` makes are disposed. */
export function scope<T>(body: () => T): T {
  // tfjs's type of results knows no read-only lists and no class instances; its search for tensors does.
  return tidy(body as () => TensorContainer) as T;
}

/**
 * Disposes all tensors that `body` makes; what it returns holds none. `tidy` looks for tensors in every element of what its body returns: for
 * a million numbers that takes a second.
 */
export function scopeOfValues<T>(body: () => T): T {
  const returned: T[] = [];
  tidy(() => void returned.push(body()));
  return returned[0] as T;
}
