/** The name under which a bundled model file is compiled: stack frames that carry it are the model's own. */
export const MODEL_SCRIPT = "layerwise:model";

/** A bundle is a function's body with these parameters, as of a CommonJS module. */
export const MODEL_SCRIPT_PARAMETERS = ["require", "module", "exports"] as const;

/** What `require` in a bundle is asked for besides Node's own modules. */
export const DSL_MODULES = ["layerwise", "layerwise/datasets"] as const;

const FRAME = new RegExp(`${MODEL_SCRIPT}:(\\d+):(\\d+)\\)?$`);

/** One line of a stack trace that lies in the bundle. */
export interface ScriptFrame {
  /** As V8 writes it: `new RBF`, `RBF.call`, `Object.<anonymous>`; empty at the top level. */
  readonly functionName: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Its place in the whole stack, 0 the innermost. */
  readonly depth: number;
}

/** The frames of an error's stack that lie in the bundle, the innermost first. */
export function scriptFrames(stack: string): ScriptFrame[] {
  const frames: ScriptFrame[] = [];
  const lines = stack.split("\n").filter((line) => line.startsWith("    at "));
  lines.forEach((line, depth) => {
    const match = FRAME.exec(line);
    if (match === null) return;
    const call = line.slice("    at ".length);
    const functionName = call.includes(" (") ? call.slice(0, call.lastIndexOf(" (")) : "";
    frames.push({ functionName, line: Number(match[1]), column: Number(match[2]), depth });
  });
  return frames;
}
