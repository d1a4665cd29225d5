import {
  declarations,
  isInput,
  Layer,
  meantOptions,
  ModelError,
  type ModelOptions,
  type SequentialOptions,
  SymbolicTensor,
  writtenShape,
} from "../nn";
import type { CallMistake } from "../nn/errors";

/** What a call is given, as its function wants it, and what was wrong with its form. */
export interface Meant<Arguments> {
  readonly given: Arguments;
  readonly error?: ModelError;
}

type SequentialArguments = readonly [options: SequentialOptions | undefined, layers: readonly Layer[] | undefined];
type Correction = Omit<Extract<CallMistake, { kind: "arguments" }>, "kind">;
/** Numbers stand for the arguments at these places. */
type Pieces = Correction["pieces"];

/**
 * What is meant by Keras's forms of `sequential`: the list first, the layers one by one, an input at the list's first place. In a tolerant
 * evaluation they are reported and stand; else the error is thrown.
 *
 * @param callee The function under way, whose caller has misspelt options.
 */
export function meantSequential(received: readonly unknown[], callee: object): Meant<SequentialArguments> {
  const form = formOf(received);
  if (form === undefined) return { given: received as unknown as SequentialArguments };
  const { options, elements, pieces, complaint } = form;
  const [input, layers] = withoutInput(elements);
  const shape = input === undefined ? undefined : shapeOf(input);
  const known = meantOptions("sequential", options, { name: true, inputShape: true }, callee);
  const given: SequentialArguments = [{ ...(shape === undefined ? {} : { inputShape: shape }), ...known }, layers];
  const complaints = [complaint, ...(shape === undefined ? [] : ["the result of input({ shape }) as the first layer"])].filter(
    (text) => text !== undefined,
  );
  if (complaints.length === 0) return { given };
  const error = new ModelError(
    "invalid-argument",
    `sequential(options, layers) takes options such as { inputShape: [28, 28] }, then a list of layers; received ${complaints.join(", with ")}. Write sequential({ inputShape: ${shape === undefined ? "[…]" : writtenShape(shape)} }, [layers…]) with the shape of one sample.`,
  );
  error.mistake = correction(pieces(shape), input, options);
  return { given, error };
}

interface SequentialForm {
  readonly options: SequentialOptions;
  /** Layers, and an input that may come first. */
  readonly elements: readonly unknown[];
  /** What is wrong, to stand after "received"; undefined where nothing but an input in the list may be. */
  readonly complaint: string | undefined;
  /** How the arguments have to be arranged. */
  readonly pieces: (shape: Shape | undefined) => Form;
}

type Shape = NonNullable<SequentialOptions["inputShape"]>;

interface Form {
  readonly title: string;
  readonly pieces: Pieces;
  /** Where the input stands that becomes an option. */
  readonly input?: readonly number[];
}

function formOf(received: readonly unknown[]): SequentialForm | undefined {
  const [first, second] = received;
  if (Array.isArray(first) && received.length <= 2 && (second === undefined || isOptions(second)))
    return listFirst(first, second);
  const begins = received.length > 0 && (isOptions(first) || first === undefined) ? 1 : 0;
  const { layers } = Object(first) as { layers?: unknown };
  if (isOptions(first) && received.length === 1 && Array.isArray(layers)) return layersAsOption(first, layers);
  const elements = received.slice(begins);
  if (elements.length > 0 && elements.every(isElement)) return oneByOne(received, begins);
  if (!isOptions(first) || received.length > 2 || !(second === undefined || Array.isArray(second))) return undefined;
  return {
    options: first,
    elements: (second as readonly unknown[] | undefined) ?? [],
    complaint: undefined,
    pieces: () => ({ title: "Give the shape as the option inputShape", pieces: [], input: [1, 0] }),
  };
}

function listFirst(elements: readonly unknown[], options: SequentialOptions | undefined): SequentialForm {
  const title = "Write the options before the layers";
  return {
    options: options ?? {},
    elements,
    complaint: "the list first",
    pieces: (shape) => {
      if (options !== undefined) return { title, pieces: shape === undefined ? [1, ", ", 0] : [] };
      if (shape === undefined) return { title, pieces: ["{}, ", 0] };
      return { title, pieces: [`{ inputShape: ${writtenShape(shape)} }, `, 0], input: [0, 0] };
    },
  };
}

/** TensorFlow.js's form. */
function layersAsOption(given: SequentialOptions, elements: readonly unknown[]): SequentialForm {
  const options = Object.fromEntries(Object.entries(given).filter(([name]) => name !== "layers"));
  return { options, elements, complaint: "the layers as an option", pieces: () => ({ title: "", pieces: [] }) };
}

function oneByOne(received: readonly unknown[], begins: number): SequentialForm {
  const options = (begins === 0 ? undefined : received[0]) as SequentialOptions | undefined;
  return {
    options: options ?? {},
    elements: received.slice(begins),
    complaint: "the layers one by one",
    pieces: (shape) => {
      const places = [...received.keys()].slice(begins + (shape === undefined ? 0 : 1));
      const list = places.flatMap((place, index) => (index === 0 ? [place] : [", ", place]));
      const before =
        begins === 1 && shape === undefined
          ? [0, ", ["]
          : [`${shape === undefined ? "{}" : `{ inputShape: ${writtenShape(shape)} }`}, [`];
      const isLost = begins === 1 && shape !== undefined && Object.keys(options ?? {}).length > 0;
      return { title: "Write the layers as a list", pieces: isLost || list.length === 0 ? [] : [...before, ...list, "]"] };
    },
  };
}

function correction(
  { title, pieces, input: removes }: Form,
  input: SymbolicTensor | undefined,
  options: SequentialOptions,
): CallMistake {
  const isSet = pieces.length === 0 && removes !== undefined && options.inputShape === undefined;
  const inputShape = isSet && input !== undefined ? writtenShape(shapeOf(input)) : undefined;
  return { kind: "arguments", title, pieces, removes, inputShape, input: input?.node.layer };
}

/** The input that comes first, and the layers behind it. */
function withoutInput(elements: readonly unknown[]): [SymbolicTensor | undefined, readonly Layer[]] {
  const [first, ...others] = elements;
  return isInput(first) ? [first, others as readonly Layer[]] : [undefined, elements as readonly Layer[]];
}

/** Of one sample. */
function shapeOf({ shape }: SymbolicTensor): Shape {
  return shape?.slice(1) ?? [];
}

function isElement(value: unknown): boolean {
  return value instanceof Layer || isInput(value);
}

function isOptions(value: unknown): value is SequentialOptions {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof SymbolicTensor);
}

/** What is meant by Keras's forms of `model`: `model(x, y)`, and `input` and `output` as its options. */
export function meantModel(received: readonly unknown[], callee: object): Meant<ModelOptions> {
  const [first, second, third] = received;
  if (isOptions(first)) {
    const known = { inputs: true, outputs: true, name: true } as const;
    return { given: meantOptions("model", first as unknown as ModelOptions, known, callee) };
  }
  if (!isEnds(first) || !isEnds(second)) return { given: first as ModelOptions };
  const error = new ModelError(
    "invalid-argument",
    "model takes one object that names both ends; received inputs and outputs by position. Write model({ inputs: x, outputs: y }).",
  );
  if (received.length === 2) {
    const pieces = ["{ inputs: ", 0, ", outputs: ", 1, " }"];
    error.mistake = { kind: "arguments", title: "Name both ends", pieces };
  }
  return { given: { ...(isOptions(third) ? third : {}), inputs: first, outputs: second }, error };
}

function isEnds(value: unknown): value is SymbolicTensor | readonly SymbolicTensor[] {
  return value instanceof SymbolicTensor || (Array.isArray(value) && value.length > 0 && value.every(isTensor));
}

function isTensor(value: unknown): boolean {
  return value instanceof SymbolicTensor;
}

/** Makes what a call means. Where its form was wrong, that is reported first: training stops there. */
export function made<Arguments, Made extends Layer>({ given, error }: Meant<Arguments>, make: (given: Arguments) => Made): Made {
  if (error !== undefined) declarations().report(error);
  const model = make(given);
  if (error !== undefined) error.layer = model;
  return model;
}
