/** A step cannot be captured. The stack leads to what in the step is the reason. */
export class UncapturableError extends Error {
  override readonly name = "UncapturableError";
  /** What the step was in, e.g. a layer's name, where that is known. */
  readonly place: string | undefined;

  constructor(message: string, origin?: Origin) {
    super(message);
    this.place = origin?.place;
    if (origin?.trace.stack !== undefined) this.stack = origin.trace.stack;
  }
}

/** Where in a step something happened. */
export interface Origin {
  readonly trace: Error;
  readonly place: string | undefined;
}
