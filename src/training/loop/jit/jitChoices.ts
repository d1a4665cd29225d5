import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import { cacheFolder } from "../../../engine/cacheFolder";

/** What is known of a step on this machine. */
export const JitChoice = z.discriminatedUnion("kind", [
  /** XLA's code is faster; it took over after so many steps. */
  z.object({ kind: z.literal("compiled"), after: z.int() }),
  /** XLA's code is not faster, or XLA cannot compile the step. */
  z.object({ kind: z.literal("captured"), reason: z.optional(z.string()) }),
  /** A run ended before it was known: it made so many steps without XLA. */
  z.object({ kind: z.literal("undecided"), steps: z.int() }),
]);
export type JitChoice = z.infer<typeof JitChoice>;

/** Choices by the names of captured steps: a run with the same seed switches after as many steps, and gives the same numbers. */
export interface JitChoices {
  get(stepName: string): JitChoice | undefined;
  set(stepName: string, choice: JitChoice): void;
}

/** What a run knew when its checkpoint was saved comes before what others have found out since. */
export function choicesOfRun(known: JitChoice | null | undefined, remembered: JitChoices): JitChoices {
  if (!known || known.kind === "undecided") return remembered;
  return { get: () => known, set: (stepName, choice) => remembered.set(stepName, choice) };
}

/** Choices in the user's cache, for this machine and this version of the engine. One that cannot be read or written is made anew. */
export class CachedJitChoices implements JitChoices {
  constructor(private readonly engineVersion: string) {}

  get(stepName: string): JitChoice | undefined {
    try {
      const choice = JitChoice.safeParse(JSON.parse(readFileSync(this.path(stepName), "utf8")));
      return choice.success ? choice.data : undefined;
    } catch {
      return undefined;
    }
  }

  set(stepName: string, choice: JitChoice): void {
    const path = this.path(stepName);
    const fresh = `${path}.${process.pid}.new`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(fresh, JSON.stringify(choice));
      renameSync(fresh, path);
    } catch {
      return;
    }
  }

  private path(stepName: string): string {
    const machine = [this.engineVersion, cpus()[0]?.model, availableParallelism(), process.env["TF_ENABLE_ONEDNN_OPTS"]];
    const key = createHash("sha256").update(JSON.stringify([stepName, ...machine]));
    return join(cacheFolder(), "jit", `${key.digest("hex").slice(0, 32)}.json`);
  }
}
