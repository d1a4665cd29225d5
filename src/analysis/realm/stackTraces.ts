import { MODEL_SCRIPT, scriptFrames } from "../bundle/script";
import type { Frame } from "../evaluation";

/** V8's, as far as it is read here. https://v8.dev/docs/stack-trace-api */
interface CallSite {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

type Formatter = (error: Error, callSites: readonly CallSite[]) => string;

/** Set only while {@link takeFrames} reads a stack. */
let formatter: Formatter | undefined;

/**
 * Stack traces are formatted when they are first read, by what `Error.prepareStackTrace` then is: a model file must not step in there, so that
 * it cannot set it.
 */
export function lockStackTraces(): void {
  Object.defineProperty(Error, "prepareStackTrace", { get: () => formatter, set: () => undefined, configurable: false });
}

/**
 * The model script's frames in a stack that nobody else reads: it is empty afterwards. V8 writes no text for it, which takes longer than all
 * else that is done for a layer.
 */
export function takeFrames(error: Error): Frame[] {
  let frames: Frame[] | undefined;
  formatter = (_error, callSites) => {
    frames = framesAmong(callSites);
    return "";
  };
  try {
    const { stack = "" } = error;
    return frames ?? scriptFrames(stack).map(({ line, column }) => [line, column]);
  } finally {
    formatter = undefined;
  }
}

function framesAmong(callSites: readonly CallSite[]): Frame[] {
  const frames: Frame[] = [];
  // Not by what a model file can change, such as an array's iterator: these objects are not for its eyes.
  for (let depth = 0; depth < callSites.length; depth++) {
    const site = callSites[depth];
    if (site?.getFileName() !== MODEL_SCRIPT) continue;
    const line = site.getLineNumber();
    const column = site.getColumnNumber();
    if (line !== null && column !== null) frames[frames.length] = [line, column];
  }
  return frames;
}
