import { isPlainObject } from "./arguments";
import { callOrigin } from "./callOrigin";
import { declarations } from "./declarations";
import { unknownOption } from "./unknownOption";

/**
 * Reports options that a factory does not have; those that are another one misspelt are returned as that one, so that what follows keeps its
 * numbers.
 *
 * @param callee The factory itself, under way: the error's place is where it was called.
 */
export function meantOptions<Options extends object>(
  factory: string,
  options: Options,
  known: Readonly<Record<keyof Options, true>>,
  callee: object,
): Options {
  if (!isPlainObject(options)) return options;
  const names = Object.keys(known);
  if (Object.keys(options).every((name) => Object.hasOwn(known, name))) return options;
  const origin = callOrigin(callee);
  const meant = Object.entries(options).map(([name, value]: [string, unknown]) => {
    if (Object.hasOwn(known, name)) return [name, value] as const;
    const error = unknownOption(factory, name, names);
    error.origin = origin;
    declarations().report(error);
    return [error.misspelling?.nearest ?? name, value] as const;
  });
  return Object.fromEntries(meant) as Options;
}
