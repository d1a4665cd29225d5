import * as z from "zod/mini";
import { Float } from "../../protocol";

/** Where a training stands at a step's end: all that it goes on from besides what the steps and the callbacks hold. */
export const Position = z.object({
  /** The epoch under way, from 1; one more than there are when all are over. */
  epoch: z.number(),
  /** How many of its steps are made. */
  step: z.number(),
  /** What the measures were after the last of them, in the order of their names. */
  measures: z.array(Float),
  /** How long the epoch has taken so far. */
  seconds: z.number(),
  /** Whether the first loss that is not finite has been told of. */
  toldNonFinite: z.boolean(),
});
export type Position = z.infer<typeof Position>;

export const START: Position = { epoch: 1, step: 0, measures: [], seconds: 0, toldNonFinite: false };

/** Keeps what a training needs to be resumed. */
export interface Checkpoints {
  /** Whether it is time to save. @throws what went wrong with the last saving. */
  isDue(at: "step" | "epoch" | "stop"): boolean;
  /** Notes the state as it now is, and saves it while the training goes on. */
  save(position: Position): void;
}
