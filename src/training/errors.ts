/** What ends a training, in words for the person who started it: what was received, what was expected, what to do. */
export class TrainingError extends Error {
  override readonly name: string = "TrainingError";
}

/** Wrong usage, such as a plan that the file does not export: no run is made. */
export class UsageError extends TrainingError {
  override readonly name = "UsageError";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
