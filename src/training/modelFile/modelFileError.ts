import { type Bundle, scriptFrames } from "../../analysis/bundle";
import { UncapturableError } from "../../engine";
import { Layer, ModelError } from "../../nn";
import { show } from "../../nn/arguments";
import { messageOf, systemCode, TrainingError } from "../errors";

/**
 * What was thrown in a model file's code, with the line it belongs to: `file:line:column: message`. Errors that are already in words for
 * the person, and errors that do not come from the file, pass unchanged.
 */
export function modelFileError(thrown: unknown, bundle: Bundle, file: string): unknown {
  if (thrown instanceof TrainingError) return thrown;
  if (systemCode(thrown) === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
    return new TrainingError(`${file}: the file did not come to an end (${messageOf(thrown)}). Does a loop in it run for ever?`, {
      cause: thrown,
    });
  }
  if (!(thrown instanceof Error)) {
    return new TrainingError(`${file}: the model file threw ${show(thrown)}. Throw an Error, whose place can be shown.`);
  }
  const position = placeOf(thrown, bundle);
  if (position === undefined && !(thrown instanceof ModelError || thrown instanceof UncapturableError)) return thrown;
  const place = position === undefined ? file : `${position.file}:${position.line}:${position.column}`;
  return new TrainingError(`${place}: ${describe(thrown)}`, { cause: thrown });
}

/** Several errors of a file as one, a line each; the one error as it is. */
export function modelFileErrors(thrown: readonly unknown[], bundle: Bundle, file: string): unknown {
  const [first, ...others] = [...new Set(thrown)].map((error) => modelFileError(error, bundle, file));
  return others.length === 0
    ? first
    : new TrainingError([...new Set([first, ...others].map(messageOf))].join("\n"), { cause: first });
}

function placeOf(thrown: unknown, { mapper }: Bundle): { file: string; line: number; column: number } | undefined {
  if (mapper === null) return undefined;
  const origins = thrown instanceof ModelError ? [thrown.layer && Layer.originOf(thrown.layer), thrown.origin, thrown.cause] : [];
  const stacks = [...origins, thrown].map((error) => (error instanceof Error ? (error.stack ?? "") : ""));
  for (const stack of stacks) {
    const position = mapper.ownPosition(scriptFrames(stack));
    if (position !== null) return position;
  }
  return undefined;
}

function describe(thrown: Error): string {
  const message = messageOf(thrown);
  if (thrown instanceof ModelError) return message;
  if (thrown instanceof UncapturableError)
    return thrown.place === undefined ? message : `in the layer ${thrown.place}: ${message}`;
  return `the model file threw ${thrown.name}: ${message}`;
}
