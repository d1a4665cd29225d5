import { MODEL_SCRIPT, type ScriptFrame, scriptFrames } from "../bundle/script";
import type { Frame } from "../evaluation";

/** V8's, as far as it is read here. https://v8.dev/docs/stack-trace-api */
interface CallSite {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

type Formatter = (error: Error, callSites: readonly CallSite[]) => string;

/** More would only repeat the helpers through which a model file makes its layers. */
const MOST_FRAMES = 12;

/** Set only while {@link takeFrames} reads a stack. */
let formatter: Formatter | undefined;

/**
 * Stack traces are formatted when they are first read, by what `Error.prepareStackTrace` then is: a model file must not step in there, so that
 * it cannot set it.
 */
export function lockStackTraces(): void {
  Object.defineProperty(Error, "prepareStackTrace", { get: () => formatter, set: () => undefined, configurable: false });
}

/** Where an error arose or a declaration was made: the frames of the model's script, the innermost first. */
export function modelFrames(error: Error): Frame[] {
  return scriptFrames(error.stack ?? "")
    .slice(0, MOST_FRAMES)
    .map(toFrame);
}

/**
 * The same for a stack that nobody else reads: it is empty afterwards. V8 writes no text for it, which takes longer than all
 * else that is done for a layer.
 */
export function takeFrames(error: Error): Frame[] {
  let frames: Frame[] | undefined;
  formatter = (_error, callSites) => {
    formatter = undefined;
    frames = framesAmong(callSites);
    return "";
  };
  try {
    const text = modelFrames(error);
    return frames ?? text;
  } finally {
    formatter = undefined;
  }
}

/** The call sites are the host's: nothing here hands them to what a model file can change. */
function framesAmong(callSites: readonly CallSite[]): Frame[] {
  const frames: Frame[] = [];
  for (let depth = 0; depth < callSites.length && frames.length < MOST_FRAMES; depth++) {
    const site = callSites[depth];
    if (site?.getFileName() !== MODEL_SCRIPT) continue;
    const line = site.getLineNumber();
    const column = site.getColumnNumber();
    if (line !== null && column !== null) frames.push([line, column]);
  }
  return frames;
}

function toFrame({ line, column }: ScriptFrame): Frame {
  return [line, column];
}
