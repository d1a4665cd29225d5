import { z } from "zod";

/** What the benchmark asks of a process that trains, one request a line; a reply a line answers each. */
export const Request = z.discriminatedUnion("command", [
  /** Builds a workload's network and makes its first steps. */
  z.object({
    command: z.literal("prepare"),
    contender: z.string(),
    workload: z.string(),
    variant: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  /** Trains for about so many milliseconds. */
  z.object({ command: z.literal("round"), contender: z.string(), milliseconds: z.number() }),
  /** Forgets a contender. */
  z.object({ command: z.literal("release"), contender: z.string() }),
]);
export type Request = z.infer<typeof Request>;

export const Prepared = z.object({
  /** What the process chose by itself. */
  choice: z.string().optional(),
});
export type Prepared = z.infer<typeof Prepared>;

export const Round = z.object({ steps: z.number().int().positive(), milliseconds: z.number().positive() });
export type Round = z.infer<typeof Round>;

export const Reply = z.union([z.object({ ok: z.unknown() }).strict(), z.object({ error: z.string() }).strict()]);
export type Reply = z.infer<typeof Reply>;
