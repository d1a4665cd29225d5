import type { Column } from "./columns";
import { Entrant } from "./entrant";

/** By how many rounds the fastest candidate of a column is found. */
const HEATS = 3;

export interface TurnOptions {
  readonly rounds: number;
  /** How long a round lasts. */
  readonly milliseconds: number;
}

/**
 * Measures all columns on one workload, turn by turn, so that a busy machine slows all of them. Where a column has several candidates, the
 * fastest of a few rounds is measured, from the beginning: the rounds that made it look fast do not count.
 *
 * @returns The column's entrant.
 */
export async function takeTurns(
  workload: string,
  columns: readonly Column[],
  { rounds, milliseconds }: TurnOptions,
): Promise<ReadonlyMap<Column, Entrant>> {
  const groups = columns.map((column) => ({
    column,
    entrants: column.candidates.map((candidate) => new Entrant(candidate, workload)),
  }));
  const all = groups.flatMap(({ entrants }) => entrants);
  await prepare(all);
  const finalists = new Map<Column, Entrant>();
  for (const { column, entrants } of groups) finalists.set(column, await fastest(entrants, milliseconds));
  for (let round = 0; round < rounds; round++) for (const entrant of finalists.values()) await entrant.round(milliseconds);
  for (const entrant of all) await entrant.release();
  return finalists;
}

/** Processes prepare side by side, since nothing is measured yet. */
async function prepare(entrants: readonly Entrant[]): Promise<void> {
  const byWorker = Map.groupBy(entrants, ({ candidate }) => candidate.worker);
  await Promise.all(
    [...byWorker.values()].map(async (group) => {
      for (const entrant of group) await entrant.prepare();
    }),
  );
}

async function fastest(entrants: readonly Entrant[], milliseconds: number): Promise<Entrant> {
  const [first, ...others] = entrants;
  if (first === undefined) throw new Error("A column needs a candidate.");
  if (others.length === 0) return first;
  for (let heat = 0; heat < HEATS; heat++) for (const entrant of entrants) await entrant.round(milliseconds);
  const winner = others.reduce((best, entrant) => (entrant.median < best.median ? entrant : best), first);
  winner.forgetRounds();
  winner.choice = winner.candidate.name;
  return winner;
}
