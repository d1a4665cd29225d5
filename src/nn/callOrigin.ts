/** So many frames lead from a package that makes layers, through its helpers and callbacks, to the model file. */
const STACK_FRAMES = 60;

/** What V8 adds to `Error`. https://v8.dev/docs/stack-trace-api */
interface StackTraces {
  readonly stackTraceLimit: number;
  readonly captureStackTrace: (target: object, callee: object) => void;
}

const traces = Error as unknown as StackTraces;
// A model file may put others in their place.
const { captureStackTrace } = traces;
const { create } = Object;
const { set } = Reflect;

/**
 * Where a function is being called: the stack leads to the line of the model file.
 *
 * @param callee A function under way. A class stands for its constructor, and what that calls in turn does not count as the place.
 */
export function callOrigin(callee: object): Error {
  const origin = create(Error.prototype) as Error;
  const { stackTraceLimit } = traces;
  // Where a model file has frozen `Error`, the stack is as long as it wants it.
  set(Error, "stackTraceLimit", STACK_FRAMES);
  captureStackTrace(origin, callee);
  set(Error, "stackTraceLimit", stackTraceLimit);
  return origin;
}
