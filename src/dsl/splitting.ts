/** How many samples come before the boundary: a whole number takes from the start, a share from the end, as Keras's `validation_split`. */
export function boundaryOf(samples: number, amount: number): number {
  return amount < 1 ? Math.floor(samples * (1 - amount)) : Math.min(amount, samples);
}

/** How many samples a part takes of those that there are. */
export function takenBy(samples: number, amount: number): number {
  return amount < 1 ? samples - boundaryOf(samples, amount) : boundaryOf(samples, amount);
}

/** What is wrong with a part that is split off; undefined where both it and what remains have samples. */
export function splitProblem(title: string, part: string, samples: number, amount: number): string | undefined {
  const taken = takenBy(samples, amount);
  const rest = samples - taken;
  if (taken > 0 && rest > 0 && (amount < 1 || taken >= amount)) return undefined;
  return `split({ ${part}: ${amount} }) of ${samples} samples (${title}) leaves ${rest} to train on and ${taken} for ${part}; expected at least one in each. Take fewer, or a share such as 0.2.`;
}
