import { inSentence, isPlainObject, written } from "./arguments";
import { declarations } from "./declarations";
import { ModelError } from "./errors";
import { factoryName } from "./factoryNames";
import { Layer } from "./layer";
import { nearestName } from "./lookup";
import { isKnownOption, knownOptions, type OptionNames } from "./optionNames";

/** Longer texts are left out of a call that a message writes. */
const LONGEST_TEXT = 80;

/** A main argument that was written as an option, as Keras's `Dense(units=10)` is: its name as it was written, and where it belongs. */
export interface NamedMainArgument {
  readonly option: string;
  readonly position: number;
}

interface LayerClass<Arguments extends readonly unknown[], L extends Layer> {
  new (...args: Arguments): L;
  readonly mainArguments?: readonly string[];
  readonly optionNames?: OptionNames;
}

type Options = Readonly<Record<string, unknown>>;

/** Makes a layer. Main arguments that were given by name are reported; the layer is made as they are meant, so that it keeps its numbers. */
export function makeLayer<Arguments extends readonly unknown[], L extends Layer>(
  layerClass: LayerClass<Arguments, L>,
  args: Arguments,
): L {
  const position = args.findLastIndex((argument) => argument !== undefined);
  const options = soleOptions(args, position);
  const named = options === undefined ? [] : namedMainArguments(layerClass, options, position);
  if (options === undefined || named.length === 0) return new layerClass(...args);
  const meant = inPosition(layerClass.mainArguments ?? [], args.slice(0, position), options, named);
  const error = namedError(layerClass, meant, named, position);
  try {
    error.layer = new layerClass(...(meant as readonly unknown[] as Arguments));
  } catch (refusal) {
    // What is missing besides has its place in the call that the message writes.
    error.layer = refusal instanceof ModelError ? refusal.layer : undefined;
    throw error;
  }
  declarations().report(error);
  return error.layer as L;
}

/** The position of a main argument; undefined for an option. */
export function mainPosition(layer: Layer, argument: string): number | undefined {
  const { mainArguments } = layer.constructor as typeof Layer;
  const position = mainArguments.indexOf(argument);
  return position < 0 ? undefined : position;
}

/** The last argument, where it is the only object. */
function soleOptions(args: readonly unknown[], position: number): Options | undefined {
  const last = args[position];
  return isPlainObject(last) && args.findIndex(isPlainObject) === position ? last : undefined;
}

/** In the order of their positions. @param given How many arguments stand before the options. */
function namedMainArguments(layerClass: LayerClass<never, Layer>, options: Options, given: number): NamedMainArgument[] {
  const { mainArguments = [], optionNames = {} } = layerClass;
  if (mainArguments.length === 0 || !Object.hasOwn(layerClass, "optionNames")) return [];
  const unknown = Object.keys(options).filter((option) => !isKnownOption(optionNames, option));
  if (unknown.length === 0) return [];
  const names = [...mainArguments, ...knownOptions(optionNames)];
  const named = unknown.flatMap((option) => {
    const meant = nearestName(option, names);
    const position = meant === undefined ? -1 : mainArguments.indexOf(meant);
    return position < given ? [] : [{ option, position }];
  });
  return named.sort((a, b) => a.position - b.position);
}

/** The arguments as they are meant; main ones that are missing are undefined. */
function inPosition(
  mainArguments: readonly string[],
  before: readonly unknown[],
  options: Options,
  named: readonly NamedMainArgument[],
): unknown[] {
  const byPosition = new Map(named.map(({ option, position }) => [position, options[option]]));
  const args = mainArguments.map((_, position) => before[position] ?? byPosition.get(position));
  const moved = new Set(named.map(({ option }) => option));
  const rest = Object.entries(options).filter(([name]) => !moved.has(name));
  return rest.length === 0 ? args : [...args, Object.fromEntries(rest)];
}

function namedError(
  { name, mainArguments = [] }: LayerClass<never, Layer>,
  meant: readonly unknown[],
  named: readonly NamedMainArgument[],
  optionsPosition: number,
): ModelError {
  const factory = factoryName(name);
  const names = named.map(({ option }) => option);
  const call = mainArguments.map((argument, position) => (meant[position] === undefined ? argument : write(meant[position])));
  const rest = meant.slice(mainArguments.length).map(write);
  const error = new ModelError(
    "invalid-argument",
    `${factory}(${mainArguments.join(", ")}) takes ${inSentence(mainArguments)} first, without ${mainArguments.length > 1 ? "their names" : "its name"}; received the option${names.length > 1 ? "s" : ""} ${inSentence(names)}. Write ${factory}(${[...call, ...rest].join(", ")}).`,
  );
  error.mistake = { kind: "named-arguments", options: named };
  error.argumentPath = [optionsPosition];
  return error;
}

/** A value as a model file writes it; what is long or has no short form is left out. */
function write(value: unknown): string {
  if (value instanceof Layer) return `${factoryName(value.className)}(…)`;
  if (!isPlainObject(value)) return shortText(value) ?? "…";
  const options = Object.entries(value).map(([name, option]) => `${name}: ${isPlainObject(option) ? "{ … }" : write(option)}`);
  return `{ ${options.join(", ")} }`;
}

function shortText(value: unknown): string | undefined {
  const text = written(value);
  return text === undefined || text.length > LONGEST_TEXT ? undefined : text;
}
