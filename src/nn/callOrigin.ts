/** So many frames lead from the depths of a layer's constructors out of them, and on through a model file's helpers. */
const STACK_FRAMES = 14;

/** Where a layer is made: its stack leads to the line of the model file. Every layer has one, so that it is kept short. */
export function callOrigin(): Error {
  const limit: unknown = Reflect.get(Error, "stackTraceLimit");
  // A model file may have frozen the class.
  Reflect.set(Error, "stackTraceLimit", STACK_FRAMES);
  try {
    return new Error("origin");
  } finally {
    Reflect.set(Error, "stackTraceLimit", limit);
  }
}
