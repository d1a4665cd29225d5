import { backend, getBackend, type Tensor } from "@tensorflow/tfjs-core";
import { TENSORFLOW_BACKEND } from "./backend";
import { capture, type CaptureOptions, type Step } from "./recording/capture";
import { RecordableBackend } from "./recording/recordableBackend";
import { UncapturableError } from "./recording/uncapturable";
import type { Variables } from "./variables";

/** A step as one function of TensorFlow's. */
export interface CapturedStep {
  /** A hash of the whole graph: equal steps have equal names, in every process. */
  readonly name: string;
  /** How many operations were recorded. */
  readonly size: number;
  /**
   * Runs the step, while the caller goes on: what reads a result or a variable waits for it.
   *
   * @throws {TensorFlowError} whose stack leads to the operation in the step that failed; it may come with a later call, or a reading
   */
  call(inputs: readonly Tensor[], variables?: Variables): Tensor[];
  /** Waits until all calls have run. @throws {TensorFlowError} what a call failed with */
  settle(): void;
  /** The same step as XLA compiles it; each is disposed by itself. */
  compiled(): CapturedStep;
  /** Runs the step in a thread of its own. Until it has ended, nobody else may use the variables. @throws {TensorFlowError} as call does */
  callInBackground(inputs: readonly Tensor[], variables?: Variables): Promise<Tensor[]>;
  dispose(): void;
}

export type CaptureSupport = { readonly supported: true } | { readonly supported: false; readonly reason: string };

/** Whether the engine in use can capture steps. */
export function canCapture(): CaptureSupport {
  const name = getBackend();
  if (name === TENSORFLOW_BACKEND) return { supported: true };
  return { supported: false, reason: `the engine "${name}" runs one operation at a time; only TensorFlow captures steps` };
}

/**
 * Turns a step into one function of TensorFlow's, so that JavaScript costs nothing per operation. The step runs twice on
 * tensors without values, to record it; both recordings must agree. Tensors that it uses without being given them are
 * inputs of every call; they must live as long as the captured step.
 *
 * @param inputs an example: every call takes as many, of the same shapes and types
 * @throws {UncapturableError} when the step reads a tensor's values, keeps or disposes tensors, is not the same each time,
 *   or the engine cannot capture; what the step itself throws passes unchanged
 */
export function captureStep(step: Step, inputs: readonly Tensor[], options: CaptureOptions = {}): CapturedStep {
  const support = canCapture();
  if (!support.supported) throw new UncapturableError(`The step cannot be captured: ${support.reason}.`);
  return capture(activeBackend(), step, inputs, options);
}

/** The backend of tfjs-core, where that is TensorFlow's. */
export function activeBackend(): RecordableBackend {
  const active = backend();
  if (active instanceof RecordableBackend) return active;
  throw new Error(`This needs the engine "${TENSORFLOW_BACKEND}"; the one in use is "${getBackend()}".`);
}
