import type { EngineName } from "./engineInfo";

/** The engine asked for cannot run here. The message says what was looked for where, and what to do. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
  readonly engine: EngineName;
  /** The first line of the message: the bare reason. */
  readonly reason: string;

  constructor(engine: EngineName, reason: string, details: readonly string[] = []) {
    super([reason, ...details].join("\n"));
    this.engine = engine;
    this.reason = reason;
  }
}
