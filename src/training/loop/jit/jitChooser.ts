import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import { type CapturedStep, newVariables, readVariables, type Variables } from "../../../engine";
import { scope } from "../scope";
import type { JitChoice, JitChoices } from "./jitChoices";
import { faster } from "./race";

/** Milliseconds that XLA takes for an operation of a step, roughly. */
const COMPILING_PER_OPERATION = 5;
/** How many times as long as compiling takes the rest of the run must be. */
const WORTHWHILE = 4;
/** Steps that are made before the time of the others is guessed from theirs. */
const FIRST_STEPS = 50;

export interface JitChooserOptions {
  readonly choices: JitChoices;
  /** Steps of the whole run. */
  readonly plannedSteps: number;
  readonly variables: Variables;
  /** Inputs that a step of the usual batch size could have; the caller disposes them. */
  readonly inputs: () => Tensor[];
  /** XLA's code takes over; its owner disposes it. */
  readonly onCompiled: (step: CapturedStep) => void;
  readonly describeError: (error: unknown) => string;
}

/**
 * Finds out, while a run goes on, whether XLA's code is faster. The first steps are made as captured; XLA compiles in a thread of its own;
 * then both run for a moment on copies of the state. What comes of it is remembered.
 */
export class JitChooser {
  private choice: JitChoice | undefined;
  private compiling: Promise<void> | undefined;
  private compiled: CapturedStep | undefined;
  private first: { readonly made: number; readonly time: number } | undefined;
  private ended = false;

  constructor(
    private readonly captured: CapturedStep,
    private readonly options: JitChooserOptions,
  ) {
    this.choice = options.choices.get(captured.name);
  }

  /** What is known so far. */
  get known(): JitChoice | undefined {
    return this.choice;
  }

  /**
   * To be called before each step, and waited for: XLA's code takes over where it is to.
   *
   * @param made How many steps have been made.
   */
  beforeStep(made: number): Promise<void> | undefined {
    const { choice } = this;
    if (this.ended || choice?.kind === "captured") return undefined;
    if (choice?.kind === "compiled") return this.takeUp(made, choice.after);
    if (this.compiled === undefined) this.compileIfWorthwhile(made);
    else if (made >= (choice?.steps ?? 0)) this.decide(made, this.compiled);
    return undefined;
  }

  /**
   * A run that ends undecided is remembered too, lest a longer one with its seed switch before.
   *
   * @param made How many steps have been made.
   */
  dispose(made: number): void {
    const { choice, captured, options } = this;
    if (this.ended) return;
    this.ended = true;
    this.compiled?.dispose();
    const undecided = choice === undefined ? 0 : choice.kind === "undecided" ? choice.steps : Infinity;
    if (made > undecided) options.choices.set(captured.name, { kind: "undecided", steps: made });
  }

  /** Switches after as many steps as an earlier run did. */
  private async takeUp(made: number, after: number): Promise<void> {
    if (this.compiled === undefined) this.compiling ??= this.compile();
    if (made < after) return;
    await this.compiling;
    if (this.compiled !== undefined) this.switchTo(this.compiled);
  }

  private compileIfWorthwhile(made: number): void {
    const { captured, options } = this;
    const time = performance.now();
    this.first ??= { made, time };
    const timed = made - this.first.made;
    if (this.compiling !== undefined || timed < FIRST_STEPS) return;
    const rest = ((time - this.first.time) / timed) * (options.plannedSteps - made);
    if (rest > WORTHWHILE * COMPILING_PER_OPERATION * captured.size) this.compiling = this.compile();
  }

  private async compile(): Promise<void> {
    const { options } = this;
    const step = this.captured.compiled();
    const inputs = options.inputs();
    const copies = copiesOf(options.variables);
    try {
      // XLA compiles a step when it is called for the first time.
      dispose(await step.callInBackground(inputs, copies));
      if (this.ended) step.dispose();
      else this.compiled = step;
    } catch (error) {
      step.dispose();
      if (!this.ended) this.remember({ kind: "captured", reason: options.describeError(error).split("\n")[0] });
    } finally {
      copies.dispose();
      dispose(inputs);
    }
  }

  private decide(made: number, compiled: CapturedStep): void {
    const { captured, options } = this;
    const copies = copiesOf(options.variables);
    const inputs = options.inputs();
    try {
      const isFaster = faster(
        () => compiled.call(inputs, copies),
        () => captured.call(inputs, copies),
      );
      this.remember(isFaster ? { kind: "compiled", after: made } : { kind: "captured" });
      if (isFaster) this.switchTo(compiled);
      else compiled.dispose();
    } finally {
      copies.dispose();
      dispose(inputs);
    }
  }

  private switchTo(compiled: CapturedStep): void {
    if (this.ended) return;
    this.ended = true;
    this.options.onCompiled(compiled);
  }

  private remember(choice: JitChoice): void {
    this.choice = choice;
    this.options.choices.set(this.captured.name, choice);
  }
}

function copiesOf(variables: Variables): Variables {
  return scope(() => newVariables(readVariables(variables)));
}
