import { createInterface } from "node:readline";
import { residentBytes } from "../residentBytes";
import { type Command, startPiped } from "./childProcess";

/** A whole training as a person starts it. */
export interface Training {
  readonly title: string;
  readonly command: (epochs: number) => Command;
  /** Whether a line on stdout tells the loss of a step. */
  readonly tellsLoss: (line: string) => boolean;
}

export interface TrainingCosts {
  /** From the command to the first loss on stdout, one value a run. */
  readonly secondsToFirstLoss: readonly number[];
  readonly peakBytes: number;
}

/** Milliseconds between two looks at the memory. */
const SAMPLING_INTERVAL = 100;
/** A training that is not over by then is taken to hang; milliseconds. */
const TIME_LIMIT = 300_000;
const EPOCHS_FOR_MEMORY = 2;

/** A training and what it has cost so far. */
export class MeasuredTraining implements TrainingCosts {
  readonly secondsToFirstLoss: number[] = [];
  peakBytes = Number.NaN;

  constructor(private readonly training: Training) {}

  async timeFirstLoss(): Promise<void> {
    const { secondsToFirstLoss } = await observe(this.training, { epochs: 1, stopAtFirstLoss: true });
    this.secondsToFirstLoss.push(secondsToFirstLoss);
  }

  async measureMemory(): Promise<void> {
    this.peakBytes = (await observe(this.training, { epochs: EPOCHS_FOR_MEMORY, stopAtFirstLoss: false })).peakBytes;
  }
}

interface Observed {
  readonly secondsToFirstLoss: number;
  /** The largest sum of resident memory of the process and all that it started. */
  readonly peakBytes: number;
}

/** @throws Error where the training tells no loss, fails or does not come to an end. */
function observe(
  { title, command, tellsLoss }: Training,
  { epochs, stopAtFirstLoss }: { epochs: number; stopAtFirstLoss: boolean },
): Promise<Observed> {
  const begin = performance.now();
  const { child, log, kill } = startPiped(command(epochs));
  let secondsToFirstLoss: number | undefined;
  let peakBytes = 0;
  // Looking at the memory takes the processor's time; a run that is timed goes without.
  const sampling = stopAtFirstLoss
    ? undefined
    : setInterval(() => (peakBytes = Math.max(peakBytes, residentBytes(child.pid ?? 0))), SAMPLING_INTERVAL);
  const timer = setTimeout(kill, TIME_LIMIT);
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (secondsToFirstLoss !== undefined || !tellsLoss(line)) return;
      secondsToFirstLoss = (performance.now() - begin) / 1000;
      if (stopAtFirstLoss) child.kill("SIGINT");
    });
  }
  return new Promise<Observed>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const whole = stopAtFirstLoss || code === 0;
      if (secondsToFirstLoss !== undefined && whole) resolve({ secondsToFirstLoss, peakBytes });
      else reject(new Error(`${title} ended with ${signal ?? `exit code ${String(code)}`} before its time:\n${log()}`));
    });
  }).finally(() => {
    clearInterval(sampling);
    clearTimeout(timer);
  });
}
