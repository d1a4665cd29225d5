import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";

/** What a command has to work with. */
export interface CommandContext {
  /** The folder of the bundles: children are started from there. */
  readonly scripts: string;
  /** Aborted by SIGINT. */
  readonly interruption: AbortSignal;
  /** Writes a line to stdout, which carries results alone. */
  readonly print: (text: string) => void;
  /** Writes a line to stderr. */
  readonly log: (text: string) => void;
}

/** Adds a command to the program; its action returns when everything it started has ended, and sets `process.exitCode`. */
export type RegisterCommand = (program: Command, context: CommandContext) => void;

/** The absolute path of a model file. Where there is none, wrong usage: exit code 2. */
export function modelFilePath(command: Command, file: string): string {
  const path = resolve(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) refuseUsage(command, `there is no file ${path}.`);
  if (!found.isFile()) refuseUsage(command, `${path} is no file; expected a model file, such as mlp.model.ts.`);
  return path;
}

/** Wrong usage that commander does not see, such as a path that leads nowhere: exit code 2. */
export function refuseUsage(command: Command, message: string): never {
  return command.error(`error: ${message}`, { exitCode: 2 });
}
