import { dispose, getBackend, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { TensorMetadata } from "../binding";
import type { GraphOutput } from "../libtensorflow";
import type { Variables } from "../variables";
import { LSTM_BLOCK_KERNELS } from "../kernels/lstmBlock";
import { withoutKernels } from "../kernels/registry";
import { CapturedStep } from "./capturedStep";
import { hashRecording, type RecordedOperation, tensorSignature } from "./operations";
import type { RecordableBackend } from "./recordableBackend";
import { isRecorded, type RecordedTensor, RecordingBinding } from "./recordingBinding";
import { type ResourceVariables, resourceVariables } from "./resourceVariables";
import { UncapturableError } from "./uncapturable";
import type { RecordedVariable } from "./variableUpdates";

/** A computation on tensors that neither reads nor keeps nor changes anything. */
export type Step = (inputs: readonly Tensor[]) => readonly Tensor[];

export interface CaptureOptions {
  /**
   * State that stays with the engine between calls: the step's first inputs are its values, and the step's first outputs what becomes
   * of them. A call takes and returns the others alone. Default: none.
   */
  readonly variables?: Variables;
  /** Whether XLA compiles the step; default `false`. */
  readonly compile?: boolean;
  /** Whether the step shall do without operations that XLA does not know; default: where XLA compiles it. */
  readonly compilable?: boolean;
  /** Where the step now is, in words such as a layer's name: for errors. */
  readonly place?: () => string | undefined;
}

/** Enough to reach from tfjs's inside to the code of a layer. */
const STACK_FRAMES = 60;

/** See `captureStep`. */
export function capture(
  backend: RecordableBackend,
  step: Step,
  inputs: readonly Tensor[],
  options: CaptureOptions,
): CapturedStep {
  const examples = backend.getInputTensorIds(inputs).map((id) => backend.eager.describe(id));
  const variables = options.variables === undefined ? undefined : resourceVariables(options.variables);
  const record = (): CapturedStep => {
    const first = new Recording(backend, examples, variables, options);
    try {
      first.run(step);
      const second = new Recording(backend, examples, variables, options);
      try {
        second.run(step);
        first.expectSame(second);
      } finally {
        second.binding.dispose();
      }
      return first.finish(options.compile ?? false);
    } finally {
      first.binding.dispose();
    }
  };
  const { compile = false, compilable = compile } = options;
  return withLongStacks(() => (compilable ? withoutKernels(LSTM_BLOCK_KERNELS, getBackend(), record) : record()));
}

/** One recording of a step. */
class Recording {
  readonly binding: RecordingBinding;
  readonly #backend: RecordableBackend;
  /** What the step is recorded for. */
  readonly #examples: readonly TensorMetadata[];
  readonly #inputs: readonly RecordedTensor[];
  readonly #exampleVariables: ResourceVariables | undefined;
  readonly #variables: readonly RecordedVariable[];
  #outputs: readonly RecordedTensor[] = [];

  constructor(
    backend: RecordableBackend,
    examples: readonly TensorMetadata[],
    variables: ResourceVariables | undefined,
    { place }: CaptureOptions,
  ) {
    this.#backend = backend;
    this.#examples = examples;
    this.#exampleVariables = variables;
    this.binding = new RecordingBinding(backend.eager, place ?? (() => undefined));
    this.#variables = (variables?.specs ?? []).map(({ shape, dtype }) => this.binding.addVariable(shape, dtype));
    this.#inputs = examples.map(({ shape, dtype }) => this.binding.addInput(shape, dtype));
  }

  run(step: Step): void {
    let results: readonly RecordedTensor[] = [];
    const record = (): void => {
      const inputs = [...this.#variables.map(({ value }) => value), ...this.#inputs];
      const outputs = step(inputs.map(({ metadata }) => this.#backend.createOutputTensor(metadata)));
      const ids = this.#backend.getInputTensorIds(outputs);
      results = ids.map((id) => (isRecorded(id) ? this.binding.tensor(id) : this.#copy(id)));
      // The step may have kept what it returns.
      dispose(outputs.filter((_, index) => isRecorded(ids[index] ?? 0)));
    };
    this.#backend.record(
      this.binding,
      () => tidy(record),
      (ids) => this.#valuesOf(ids),
    );
    const state = results.slice(0, this.#variables.length);
    this.#outputs = results.slice(state.length);
    this.#expectSameShapes(state);
    this.binding.assignVariables(this.#variables, state, this.#outputs);
  }

  /** @throws {UncapturableError} when another recording of the step differs: one that draws or counts in JavaScript does. */
  expectSame(other: Recording): void {
    const [mine, others] = [this.binding.operations, other.binding.operations];
    for (let index = 0; index < Math.max(mine.length, others.length); index++) {
      const [before, after] = [mine[index], others[index]];
      if (before?.signature !== after?.signature) throw notTheSame(index, before, after);
    }
    if (JSON.stringify(this.#ends()) !== JSON.stringify(other.#ends())) {
      throw new UncapturableError("The step is not the same each time: it takes or returns other tensors.");
    }
  }

  finish(compile: boolean): CapturedStep {
    const { binding } = this;
    const computed = this.#outputs.filter((output) => !this.#inputs.includes(output));
    const name = this.#addFunction(computed);
    return new CapturedStep(this.#backend, {
      name,
      compile,
      variables: this.#exampleVariables,
      inputs: this.#examples,
      fromOutside: [...binding.fromOutside.keys()],
      outputs: this.#outputs.map((output) => (computed.includes(output) ? output.metadata : this.#inputs.indexOf(output))),
      operations: binding.operations,
    });
  }

  /** Computes recorded tensors for the inputs that the step was recorded for. */
  #valuesOf(ids: readonly number[]): number[] {
    const { eager } = this.#backend;
    const name = this.#addFunction(ids.map((id) => this.binding.tensor(id)));
    try {
      const inputs = [
        ...(this.#exampleVariables?.ids ?? []),
        ...this.#examples.map(({ id }) => id),
        ...this.binding.fromOutside.keys(),
      ];
      return eager.callFunction(name, [], inputs, ids.length);
    } finally {
      eager.removeFunction(name);
    }
  }

  /** @returns its name */
  #addFunction(outputs: readonly RecordedTensor[]): string {
    const { operations, graph, fromOutside } = this.binding;
    const inputs = [...this.#variables.map(({ resource }) => resource), ...this.#inputs, ...fromOutside.values()];
    const name = `step_${hashRecording(operations, inputs, outputs)}`;
    this.#backend.eager.addFunction(name, graph, inputs.map(graphOutput), outputs.map(graphOutput));
    return name;
  }

  /** What goes in from outside, and what comes out. */
  #ends(): unknown {
    return [[...this.binding.fromOutside.keys()], this.#outputs.map(({ operation, index }) => [operation, index])];
  }

  /** @throws {Error} when a variable would change its shape or type */
  #expectSameShapes(state: readonly RecordedTensor[]): void {
    this.#variables.forEach(({ value }, index) => {
      const [before, after] = [value.metadata, state[index]?.metadata];
      if (after !== undefined && tensorSignature(after.shape, after.dtype) === tensorSignature(before.shape, before.dtype))
        return;
      const received = after === undefined ? "nothing" : tensorSignature(after.shape, after.dtype);
      throw new Error(
        `The step's output ${index} is the next value of a variable, ${tensorSignature(before.shape, before.dtype)}; received ${received}.`,
      );
    });
  }

  /** An eager tensor has an owner already: what the step returns of it is a tensor of its own. */
  #copy(id: number): RecordedTensor {
    const { binding } = this;
    const type = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.tensor(id).metadata.dtype };
    const [copy] = binding.executeOp("Identity", [type], [id], 1);
    if (!copy) throw new Error("Identity: TensorFlow returned nothing.");
    return binding.tensor(copy.id);
  }
}

const graphOutput = ({ output }: RecordedTensor): GraphOutput => output;

function notTheSame(
  index: number,
  before: RecordedOperation | undefined,
  after: RecordedOperation | undefined,
): UncapturableError {
  const bothConstant = before?.opName === "Const" && after?.opName === "Const";
  const what = bothConstant
    ? "a value that JavaScript gives it (a random number, a counter, the time?)"
    : `operation ${index} (${before?.opName ?? "none"}, then ${after?.opName ?? "none"})`;
  return new UncapturableError(`The step is not the same each time: ${what} changes.`, (after ?? before)?.origin);
}

function withLongStacks<T>(body: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_FRAMES;
  try {
    return body();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
