import { MODEL_SCRIPT, type ScriptFrame, scriptFrames } from "../bundle/script";

/** V8's, as far as it is read here. https://v8.dev/docs/stack-trace-api */
interface CallSite {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getFunctionName(): string | null;
  isConstructor(): boolean;
}

type Formatter = (error: Error, callSites: readonly CallSite[]) => string;

/** Set only while {@link takeScriptFrames} reads a stack. */
let formatter: Formatter | undefined;

/**
 * Stack traces are formatted when they are first read, by what `Error.prepareStackTrace` then is: a model file must not step in there, so that
 * it cannot set it.
 */
export function lockStackTraces(): void {
  Object.defineProperty(Error, "prepareStackTrace", { get: () => formatter, set: () => undefined, configurable: false });
}

/**
 * The model script's frames of an error that nobody else reads: its stack is empty afterwards. V8 writes no text for it, which takes several times as long
 * as all that the making of a layer does.
 */
export function takeScriptFrames(error: Error): ScriptFrame[] {
  let frames: ScriptFrame[] | undefined;
  formatter = (_error, callSites) => {
    frames = framesAmong(callSites);
    return "";
  };
  try {
    const { stack = "" } = error;
    return frames ?? scriptFrames(stack);
  } finally {
    formatter = undefined;
  }
}

function framesAmong(callSites: readonly CallSite[]): ScriptFrame[] {
  const frames: ScriptFrame[] = [];
  for (let depth = 0; depth < callSites.length; depth++) {
    const site = callSites[depth];
    if (site?.getFileName() !== MODEL_SCRIPT) continue;
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    if (line === null || column === null) continue;
    const name = site.getFunctionName() ?? "";
    frames.push({ functionName: site.isConstructor() ? `new ${name}` : name, line, column, depth });
  }
  return frames;
}
