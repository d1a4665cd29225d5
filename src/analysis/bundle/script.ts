/** The name under which a bundled model file is compiled: stack frames that carry it are the model's own. */
export const MODEL_SCRIPT = "layerwise:model";

/** A bundle is a function's body with these parameters, as of a CommonJS module. */
export const MODEL_SCRIPT_PARAMETERS = ["require", "module", "exports"] as const;

/** What `require` in a bundle is asked for besides Node's own modules. */
export const DSL_MODULES = ["layerwise", "layerwise/datasets"] as const;

const FRAME = new RegExp(`${MODEL_SCRIPT}:(\\d+):(\\d+)\\)?$`);
const START = "    at ";

/** One line of a stack trace that lies in the bundle. */
export interface ScriptFrame {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Its place in the whole stack, 0 the innermost. */
  readonly depth: number;
}

/** The frames of an error's stack that lie in the bundle, the innermost first. */
export function scriptFrames(stack: string): ScriptFrame[] {
  const frames: ScriptFrame[] = [];
  // Every layer has a stack: lines that are no frames of the bundle's are passed over without a look at them.
  if (!stack.includes(MODEL_SCRIPT)) return frames;
  let depth = 0;
  for (let start = 0; start < stack.length;) {
    const next = stack.indexOf("\n", start);
    const end = next < 0 ? stack.length : next;
    if (stack.startsWith(START, start)) {
      const found = stack.indexOf(MODEL_SCRIPT, start);
      if (found < 0) break;
      if (found < end) {
        const match = FRAME.exec(stack.slice(start, end));
        if (match !== null) frames.push({ line: Number(match[1]), column: Number(match[2]), depth });
      }
      depth++;
    }
    start = end + 1;
  }
  return frames;
}
