import type { Tensor } from "@tensorflow/tfjs-core";
import { TensorMetadata } from "../binding";
import type { OpAttribute } from "../opAttributes";
import { AttributeType } from "../opAttributes";
import { TensorFlowError } from "../status";
import type { Variables } from "../variables";
import { BY_READINESS, GraphExecutors } from "./graphExecutors";
import type { RecordableBackend } from "./recordableBackend";
import type { RecordedOperation } from "./operations";
import { operationInMessage } from "./recordingBinding";
import { type ResourceVariables, resourceVariables } from "./resourceVariables";

/** What a captured step knows of one of its inputs or outputs. */
export interface TensorSpec {
  readonly shape: number[];
  readonly dtype: number;
}

export interface CapturedStepOptions {
  readonly name: string;
  /** Those that a call takes by default. */
  readonly variables: ResourceVariables | undefined;
  readonly inputs: readonly TensorSpec[];
  /** Numbers of the eager tensors that every call is given besides the inputs. */
  readonly fromOutside: readonly number[];
  /** An output that is one of the inputs is a number: its place among them. */
  readonly outputs: readonly (TensorSpec | number)[];
  readonly operations: readonly RecordedOperation[];
  /** Whether XLA compiles the step. */
  readonly compile: boolean;
}

const MUST_COMPILE: readonly OpAttribute[] = [{ name: "_XlaMustCompile", type: AttributeType.BOOL, value: true }];

/** A step that TensorFlow runs as one function. */
export class CapturedStep {
  readonly #backend: RecordableBackend;
  readonly #options: CapturedStepOptions;
  readonly #computed: readonly TensorSpec[];
  readonly #executors: GraphExecutors;
  #disposed = false;

  constructor(backend: RecordableBackend, options: CapturedStepOptions) {
    this.#backend = backend;
    this.#executors = new GraphExecutors(backend.eager);
    this.#options = options;
    this.#computed = options.outputs.filter((output) => typeof output !== "number");
  }

  /** How many operations were recorded. */
  get size(): number {
    return this.#options.operations.length;
  }

  /** A hash of the whole graph: equal steps have equal names. */
  get name(): string {
    return this.#options.name;
  }

  /**
   * Runs the step, behind those that were called before: it has run when somebody reads a result or a variable. An error may come with
   * that, too.
   *
   * @param inputs as many as at the capture, of the same shapes
   * @param variables of the same shapes as at the capture; default: those of the capture
   * @returns new tensors; an output that the step hands through is the input itself
   * @throws {TensorFlowError} whose stack leads to the operation in the step that TensorFlow complains about
   */
  call(inputs: readonly Tensor[], variables?: Variables): Tensor[] {
    const { name, compile } = this.#options;
    const { eager } = this.#backend;
    const state = this.#state(variables);
    const others = this.#otherIds(inputs);
    const attributes = compile ? MUST_COMPILE : this.#executors.next();
    const explain = (error: TensorFlowError): TensorFlowError | undefined => this.#explain(error, state, others);
    const results = eager.callFunction(name, attributes, [...(state?.ids ?? []), ...others], this.#computed.length, explain);
    return this.#outputsOf(results, inputs);
  }

  /** Waits until all calls have run. @throws {TensorFlowError} what a call failed with */
  settle(): void {
    this.#backend.eager.settle();
  }

  /**
   * Runs the step in a thread of its own. Until it has ended, nobody else may use the variables.
   *
   * @throws {TensorFlowError} as {@link call} does
   */
  async callInBackground(inputs: readonly Tensor[], variables?: Variables): Promise<Tensor[]> {
    const { name, compile } = this.#options;
    const ids = [...(this.#state(variables)?.ids ?? []), ...this.#otherIds(inputs)];
    const attributes = compile ? MUST_COMPILE : this.#executors.fastest;
    try {
      const results = await this.#backend.eager.callFunctionInBackground(name, attributes, ids, this.#computed.length);
      return this.#outputsOf(results, inputs);
    } catch (error) {
      throw error instanceof TensorFlowError ? this.#locate(error) : error;
    }
  }

  /** The same step as XLA compiles it, when it is called for the first time. Each is disposed by itself. */
  compiled(): CapturedStep {
    this.#backend.eager.retainFunction(this.#options.name);
    return new CapturedStep(this.#backend, { ...this.#options, compile: true });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#backend.eager.removeFunction(this.#options.name);
  }

  #outputsOf(results: readonly number[], inputs: readonly Tensor[]): Tensor[] {
    const computed = this.#computed.map(({ shape, dtype }, index) =>
      this.#backend.createOutputTensor(new TensorMetadata(results[index] as number, [...shape], dtype)),
    );
    return this.#options.outputs.map((output) => (typeof output === "number" ? inputs[output] : computed.shift()) as Tensor);
  }

  #state(variables: Variables | undefined): ResourceVariables | undefined {
    return variables === undefined ? this.#options.variables : resourceVariables(variables);
  }

  /** The numbers of all that a call is given besides the variables. */
  #otherIds(inputs: readonly Tensor[]): number[] {
    this.#checkInputs(inputs);
    return [...this.#backend.getInputTensorIds(inputs), ...this.#options.fromOutside];
  }

  #checkInputs(inputs: readonly Tensor[]): void {
    const expected = this.#options.inputs;
    if (this.#disposed) throw new Error("The captured step has been disposed.");
    if (inputs.length !== expected.length) {
      throw new Error(`The captured step takes ${expected.length} inputs; received ${inputs.length}.`);
    }
    inputs.forEach(({ shape }, index) => {
      const known = expected[index]?.shape ?? [];
      if (shape.length === known.length && shape.every((size, axis) => size === known[axis])) return;
      throw new Error(
        `Input ${index} of the captured step has the shape [${known.join(", ")}]; received [${shape.join(", ")}]. ` +
          "Capture the step again for other shapes.",
      );
    });
  }

  /**
   * In order, TensorFlow does not say which operation failed: then the call is made once more, on a copy of the variables, the other way.
   *
   * @returns undefined where that does not fail
   */
  #explain(error: TensorFlowError, state: ResourceVariables | undefined, others: readonly number[]): TensorFlowError | undefined {
    if (operationInMessage(error.message) !== undefined || this.#options.compile) return this.#locate(error);
    const { eager } = this.#backend;
    const copy = state?.copy();
    try {
      const ids = [...(copy?.ids ?? []), ...others];
      const results = eager.callFunction(this.#options.name, BY_READINESS, ids, this.#computed.length);
      eager.settle();
      for (const id of results) eager.deleteTensor(id);
      return undefined;
    } catch (again) {
      return again instanceof TensorFlowError ? this.#locate(again) : undefined;
    } finally {
      copy?.dispose();
    }
  }

  /** Names the operation of the step that TensorFlow complains about, where its message tells which it was. */
  #locate(error: TensorFlowError): TensorFlowError {
    const operation = this.#options.operations[operationInMessage(error.message) ?? -1];
    if (!operation) return error;
    const { opName, origin } = operation;
    const message = error.message
      .slice(error.operation.length + ": ".length)
      .replaceAll(/\{\{function_node [^}]*\}\}\s*/g, "")
      .replace(/\s*Encountered when executing an operation using EagerExecutor\.[^]*$/, "")
      .replace(/\s*\[\[\{\{node [^}]*\}\}\]\][^]*$/, "");
    const located = new TensorFlowError(
      origin.place === undefined ? opName : `${opName} in ${origin.place}`,
      error.code,
      message,
    );
    if (origin.trace.stack !== undefined) located.stack = origin.trace.stack;
    return located;
  }
}
