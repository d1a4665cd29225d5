import { DataType } from "../dataTypes";
import type { RecordedTensor, RecordingBinding } from "../recording/recordingBinding";

/** A product of tensors that are smaller than what broadcasting makes of them. */
export interface Term {
  readonly coefficient: number;
  readonly factors: readonly RecordedTensor[];
}

/** Three terms are a square of a difference; more than four are no gain. */
const MOST_TERMS = 4;
const MOST_FACTORS = 4;

type Operands = readonly RecordedTensor[];

/**
 * What a recorded tensor is in terms of smaller ones: so (a − b)² of a column and a row is a² − 2ab + b². The operations between are
 * looked through as far as they have the tensor's size. `undefined` where it is no polynomial of smaller tensors.
 */
export function polynomial(tensor: RecordedTensor, binding: RecordingBinding): readonly Term[] | undefined {
  const size = sizeOf(tensor);
  const expand = (part: RecordedTensor): readonly Term[] | undefined => {
    if (part.metadata.dtype !== DataType.FLOAT) return undefined;
    if (sizeOf(part) < size) return [{ coefficient: 1, factors: [part] }];
    const { opName, inputs } = binding.producerOf(part);
    return ALGEBRA[opName]?.(inputs, expand);
  };
  return expand(tensor);
}

/** Whether a tensor is a square, and so nowhere negative. */
export function isSquare(tensor: RecordedTensor, binding: RecordingBinding): boolean {
  const { opName, inputs } = binding.producerOf(tensor);
  return opName === "Square" || opName === "SquaredDifference" || (opName === "Mul" && inputs[0] === inputs[1]);
}

type Expand = (part: RecordedTensor) => readonly Term[] | undefined;

const ALGEBRA: Readonly<Record<string, (operands: Operands, expand: Expand) => readonly Term[] | undefined>> = {
  BroadcastTo: ([x], expand) => x && expand(x),
  Neg: ([x], expand) => times(x && expand(x), MINUS_ONE),
  Square: ([x], expand) => square(x && expand(x)),
  Mul: (operands, expand) => times(...both(operands, expand)),
  Add: (operands, expand) => plus(...both(operands, expand)),
  AddV2: (operands, expand) => plus(...both(operands, expand)),
  Sub: (operands, expand) => difference(operands, expand),
  SquaredDifference: (operands, expand) => square(difference(operands, expand)),
};

type Sum = readonly Term[] | undefined;

const MINUS_ONE: readonly Term[] = [{ coefficient: -1, factors: [] }];

function both([a, b]: Operands, expand: Expand): [Sum, Sum] {
  return [a && expand(a), b && expand(b)];
}

function difference(operands: Operands, expand: Expand): Sum {
  const [a, b] = both(operands, expand);
  return plus(a, times(b, MINUS_ONE));
}

const square = (a: Sum): Sum => times(a, a);

function plus(a: Sum, b: Sum): Sum {
  return a && b && collect([...a, ...b]);
}

function times(a: Sum, b: Sum): Sum {
  if (!a || !b) return undefined;
  const product = (left: Term, right: Term): Term => ({
    coefficient: left.coefficient * right.coefficient,
    factors: [...left.factors, ...right.factors].sort(byNumber),
  });
  return collect(a.flatMap((left) => b.map((right) => product(left, right))));
}

/** Adds up terms of the same factors. */
function collect(terms: readonly Term[]): Sum {
  const collected = new Map<string, Term>();
  for (const { coefficient, factors } of terms) {
    const key = factors.map(({ metadata }) => metadata.id).join();
    collected.set(key, { coefficient: coefficient + (collected.get(key)?.coefficient ?? 0), factors });
  }
  const all = [...collected.values()];
  const isSimple = all.length <= MOST_TERMS && all.every(({ factors }) => factors.length <= MOST_FACTORS);
  return isSimple ? all : undefined;
}

const byNumber = (a: RecordedTensor, b: RecordedTensor): number => a.metadata.id - b.metadata.id;

export function sizeOf({ metadata: { shape } }: RecordedTensor): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}
