/** So many frames lead out of the factories through which a layer is made, and on through a model file's helpers. */
const STACK_FRAMES = 10;

/** What V8 adds to `Error`. https://v8.dev/docs/stack-trace-api */
interface StackTraces {
  readonly stackTraceLimit: number;
  readonly captureStackTrace: (target: object, callee: object) => void;
}

const traces = Error as unknown as StackTraces;
// A model file may put another in its place.
const { captureStackTrace } = traces;

/**
 * Where a function is being called: the stack leads to the line of the model file. Every layer has one, so that it is kept short.
 *
 * @param callee A function under way; with `new.target` for a class, its constructors do not count as the place.
 */
export function callOrigin(callee: object): Error {
  const origin = Object.create(Error.prototype) as Error;
  const { stackTraceLimit } = traces;
  // Where a model file has frozen `Error`, the stack is as long as others.
  Reflect.set(Error, "stackTraceLimit", STACK_FRAMES);
  captureStackTrace(origin, callee);
  Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
  return origin;
}
