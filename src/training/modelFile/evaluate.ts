import { createRequire } from "node:module";
import { dirname } from "node:path";
import { compileFunction, Script } from "node:vm";
import { type Bundle, bundleModelFile, MODEL_SCRIPT, MODEL_SCRIPT_PARAMETERS } from "../../analysis/bundle";
import * as dsl from "../../dsl";
import * as datasets from "../../dsl/datasets";
import { declarations, resetDeclarations } from "../../nn";
import { TrainingError } from "../errors";
import { modelFileErrors } from "./modelFileError";

/** Milliseconds after which a model file's evaluation is taken to loop for ever. */
const TIME_LIMIT = 20_000;

const DSL: Readonly<Record<string, object>> = { layerwise: dsl, "layerwise/datasets": datasets };

/** A bundle, compiled. */
type ModelScript = (
  require: (name: string) => unknown,
  module: object,
  exports: object,
  output: Console,
  folder: string,
  file: string,
) => void;

export interface EvaluatedModelFile {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bundle: Bundle;
}

/** Bundles a model file, in a process of its own. */
export function bundleForTraining(file: string): Promise<Bundle> {
  return bundleModelFile({ file, target: "training" });
}

/**
 * Evaluates a bundled model file in this process, with the classes that train.
 *
 * @param output Receives the `console` of the file.
 * @throws TrainingError at the file's line, where it does not compile, throws or does not come to an end.
 */
export function evaluateModelFile(file: string, bundle: Bundle, output: Console): EvaluatedModelFile {
  const errors = bundle.errors.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new TrainingError(
      errors.map(({ file: path, line, column, message }) => `${path}:${line}:${column}: ${message}`).join("\n"),
    );
  }
  if (bundle.code === null) throw new TrainingError(`${file} could not be compiled.`);
  const module = { exports: {} };
  const nodeRequire = createRequire(file);
  const require = (name: string): unknown => (Object.hasOwn(DSL, name) ? DSL[name] : nodeRequire(name));
  try {
    const parameters = [...MODEL_SCRIPT_PARAMETERS, "console", "__dirname", "__filename"];
    const body = compileFunction(bundle.code, parameters, { filename: MODEL_SCRIPT }) as ModelScript;
    // Names start anew, and what an earlier evaluation declared is let go. All mistakes of the file are collected; what is left stops at the first.
    const declared = resetDeclarations({ tolerant: true });
    try {
      runWithin(TIME_LIMIT, () => body(require, module, module.exports, output, dirname(file), file));
    } finally {
      declared.tolerant = false;
    }
  } catch (thrown) {
    throw modelFileErrors([...declarations().errors, thrown], bundle, file);
  }
  const { errors: mistakes } = declarations();
  if (mistakes.length > 0) throw modelFileErrors(mistakes, bundle, file);
  return { exports: module.exports, bundle };
}

/** Runs a function and ends it by force after a time: only a script has a time limit, so that one calls the function. */
function runWithin(milliseconds: number, body: () => unknown): void {
  const key = Symbol.for("layerwise.evaluation");
  const holder = globalThis as { [key]?: (() => unknown) | undefined };
  holder[key] = body;
  try {
    new Script(`globalThis[Symbol.for("layerwise.evaluation")]()`).runInThisContext({ timeout: milliseconds });
  } finally {
    holder[key] = undefined;
  }
}
