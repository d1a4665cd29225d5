import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import { canCapture, type CapturedStep, captureStep, newVariables, readVariables, type Step, type Variables } from "../../engine";
import { type Layer, layerUnderWay } from "../../nn";
import { LayerFields } from "./layerFields";
import { scope } from "./scope";

/** How steps are run: operation by operation, as one function, or as one function that XLA has compiled. */
export type Execution = "eager" | "captured" | "compiled";

export interface StepRunnerOptions {
  /** What the step runs. */
  readonly model: Layer;
  readonly execution: Execution;
  /** The usual batch size. XLA compiles for seconds, so that batches of another size are captured but not compiled. */
  readonly batchSize: number;
  readonly describeError: (error: unknown) => string;
}

/**
 * Runs a step as one function of the engine's, captured once for each batch size; where that cannot be, operation by operation. The step
 * is given the variables' values before its other inputs, and returns their next ones before its other outputs.
 */
export class StepRunner {
  private readonly captured = new Map<number, CapturedStep | undefined>();
  private obstacle: string | undefined;
  private compilerRefusal: string | undefined;

  constructor(
    private readonly step: Step,
    private readonly variables: Variables,
    private readonly options: StepRunnerOptions,
  ) {}

  /** Why batches of some size could not be captured; `undefined` where all could. */
  get whyEager(): string | undefined {
    return this.obstacle;
  }

  /** Why XLA could not compile the step, which is captured all the same; `undefined` where it could, or was not asked to. */
  get whyUncompiled(): string | undefined {
    return this.compilerRefusal;
  }

  /**
   * Runs the step, which changes the variables.
   *
   * @param inputs of a batch of this size; those of every batch have the same shapes but for the batch size.
   */
  run(inputs: readonly Tensor[], batchSize: number): Tensor[] {
    const captured = this.prepare(inputs, batchSize);
    return captured === undefined ? this.runEagerly(inputs) : captured.call(inputs);
  }

  /** Captures the step for a batch size, where that has not been tried yet. */
  prepare(inputs: readonly Tensor[], batchSize: number): CapturedStep | undefined {
    if (!this.captured.has(batchSize)) this.captured.set(batchSize, this.capture(inputs, batchSize));
    return this.captured.get(batchSize);
  }

  /** The name of the step that is captured for a batch size. */
  nameOf(batchSize: number): string | undefined {
    return this.captured.get(batchSize)?.name;
  }

  /** Runs another form of the step for a batch size from now on. */
  replace(batchSize: number, step: CapturedStep): void {
    this.captured.get(batchSize)?.dispose();
    this.captured.set(batchSize, step);
  }

  dispose(): void {
    for (const step of this.captured.values()) step?.dispose();
    this.captured.clear();
  }

  private runEagerly(inputs: readonly Tensor[]): Tensor[] {
    const { variables } = this;
    return scope(() => {
      const results = this.step([...readVariables(variables), ...inputs]);
      variables.assign(results.slice(0, variables.length));
      return results.slice(variables.length);
    });
  }

  private capture(inputs: readonly Tensor[], batchSize: number): CapturedStep | undefined {
    const { execution, batchSize: usualBatchSize, describeError } = this.options;
    if (execution === "eager") return undefined;
    const support = canCapture();
    if (!support.supported) {
      this.obstacle ??= support.reason;
      return undefined;
    }
    try {
      const compilable = execution === "compiled" && batchSize === usualBatchSize;
      const captured = this.record(inputs, compilable);
      return compilable ? this.compile(captured, inputs) : captured;
    } catch (error) {
      // Whatever it is: eagerly the step runs, or throws again where its error belongs.
      this.obstacle ??= describeError(error);
      return undefined;
    }
  }

  private record(inputs: readonly Tensor[], compilable: boolean): CapturedStep {
    const fields = new LayerFields(this.options.model);
    const captured = captureStep(this.step, inputs, { variables: this.variables, compilable, place: layerUnderWay });
    try {
      fields.expectUnchanged();
      return captured;
    } catch (error) {
      captured.dispose();
      throw error;
    }
  }

  /** XLA compiles when a step is called for the first time, and only then refuses operations that it does not know. */
  private compile(captured: CapturedStep, inputs: readonly Tensor[]): CapturedStep {
    const compiled = captured.compiled();
    const copies = scope(() => newVariables(readVariables(this.variables)));
    try {
      dispose(compiled.call(inputs, copies));
      compiled.settle();
      captured.dispose();
      return compiled;
    } catch (error) {
      compiled.dispose();
      this.compilerRefusal = this.options.describeError(error).split("\n")[0];
      return captured;
    } finally {
      copies.dispose();
    }
  }
}
