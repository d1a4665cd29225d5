import { Tensor } from "@tensorflow/tfjs-core";
import { show } from "./arguments";
import { ModelError } from "./errors";
import { nearestName } from "./lookup";
import { SymbolicTensor } from "./symbolic";

type Operation = (this: unknown, ...args: unknown[]) => unknown;

/** An operation that refuses its operands: which, and what shapes they have. */
export class OperationError extends Error {
  constructor(operation: string, operands: readonly unknown[], reason: string) {
    super(`tf.${operation} of ${operands.map(showOperand).join(" and ")}: ${reason}.`);
  }
}

/** `tf` whose operations say what they were called on when they fail, and which names there are. */
export function tracedOperations<Operations extends object>(operations: Operations): Operations {
  const known = new Map<string, unknown>();
  return new Proxy(operations, {
    get: (target, name) => {
      if (typeof name === "symbol") return undefined;
      if (!known.has(name)) known.set(name, tracedMember(target as Readonly<Record<string, unknown>>, name));
      return known.get(name);
    },
  });
}

/** Does the same to the operations that tensors have as methods: `x.matMul(w)`. */
export function traceMethods(operations: object): void {
  const methods = Tensor.prototype as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(methods)) {
    const method = Object.getOwnPropertyDescriptor(methods, name)?.value as unknown;
    if (name in operations && typeof method === "function") methods[name] = traced(name, method as Operation);
  }
}

function tracedMember(operations: Readonly<Record<string, unknown>>, name: string): unknown {
  const member = operations[name];
  if (member === undefined && !["then", "__esModule", "default", "toJSON"].includes(name))
    throw unknownOperation(operations, name);
  // Classes and namespaces, such as tf.image, stay as they are.
  const isOperation = typeof member === "function" && !/^[A-Z]/.test(name);
  return isOperation ? traced(name, member as Operation) : member;
}

function unknownOperation(operations: object, name: string): ReferenceError {
  const names = Object.keys(operations).filter((candidate) => /^[a-z]/.test(candidate));
  const nearest = nearestName(name.replace(/^reduce_?/, ""), names);
  return new ReferenceError(`tf has no ${name}.${nearest === undefined ? "" : ` Did you mean tf.${nearest}?`}`);
}

function traced(name: string, operation: Operation): Operation {
  return function (this: unknown, ...args) {
    const symbol = args.flat().find((argument) => argument instanceof SymbolicTensor);
    if (symbol !== undefined) throw onSymbol(name, symbol);
    try {
      return operation.apply(this, args);
    } catch (error) {
      // What a function among the arguments throws is not the operation's.
      if (!isRefusal(error) || args.some((argument) => typeof argument === "function")) throw error;
      const operands = (isTensor(this) ? [this, ...args] : args).filter(isOperand);
      throw operands.length === 0 ? error : new OperationError(name, operands.flat(), reasonOf(error));
    }
  };
}

function onSymbol(operation: string, { name }: SymbolicTensor): ModelError {
  return new ModelError(
    "invalid-argument",
    `tf.${operation} computes with values, and the output of ${name} has none before data arrive. Use a layer, or make one of it: layers.lambda((x) => tf.${operation}(x)).`,
  );
}

/** tfjs throws nothing of a class of its own. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && [Error, TypeError, RangeError].some((kind) => error.constructor === kind);
}

/** tfjs's own `instanceof` asks any object for its properties, and `tf` itself refuses unknown ones. */
function isTensor(value: unknown): value is Tensor {
  return Object.prototype.isPrototypeOf.call(Tensor.prototype, Object(value) as object);
}

function isOperand(argument: unknown): boolean {
  if (Array.isArray(argument)) return argument.some(isTensor);
  return isTensor(argument) || argument === undefined || argument === null;
}

function showOperand(operand: unknown): string {
  return isTensor(operand) ? `[${operand.shape.join(", ")}]` : show(operand);
}

/** tfjs's words in a learner's. */
const WORDINGS: readonly (readonly [tfjs: RegExp, ours: string])[] = [
  [/^inner shapes \((\d+)\) and \((\d+)\) of Tensors .*/, "the inner sizes $1 and $2 differ"],
  [/^Operands could not be broadcast .*/, "sizes that face each other, counted from the last, must be equal or 1"],
  [/^Incompatible shapes: .*/, "sizes that face each other, counted from the last, must be equal or 1"],
  [
    /^The new shape \(([^)]*NaN[^)]*)\) .*/,
    "the new shape [$1] has a size that is no number. A negative index is undefined in JavaScript: write x.shape.at(-1)",
  ],
  [/^Size\((\d+)\) must match the product of shape (.*)/, "$1 values do not fit into the shape [$2]"],
  [/^Argument '(\w+)' passed to '\w+' must be a Tensor or TensorLike, but got .*/, "its argument $1 is no tensor"],
];

function reasonOf({ message }: Error): string {
  const plain = message.replace(/^Error in \w+:\s*/, "").replace(/\s+/g, " ");
  const reason = WORDINGS.reduce((text, [tfjs, ours]) => text.replace(tfjs, ours), plain);
  return reason.replace(/[.\s]+$/, "");
}
