import { slope } from "../statistics";

/** The first part of the looks, in which what is made once is made: compiled code, caches, pools. */
const WARM_UP = 0.3;
/** How much resident memory may grow over the rest, as a share of it: the allocator's noise. */
const TOLERANCE = 0.02;
const ROWS = 10;

/** Live tensors and resident memory, looked at again and again. */
export class MemoryTrack {
  private readonly tensors: number[] = [];
  private readonly megabytes: number[] = [];

  /** @param unit What lies between two looks. */
  constructor(private readonly unit: string) {}

  /** @param bytes Resident memory. */
  look(tensors: number, bytes: number): void {
    this.tensors.push(tensors);
    this.megabytes.push(bytes / 1e6);
  }

  /** Whether neither grows, by straight lines through the looks after the warm-up. */
  get isFlat(): boolean {
    return Math.abs(this.tensorGrowth) < 0.5 && this.megabyteGrowth < TOLERANCE * (this.megabytes.at(-1) ?? 0);
  }

  get verdict(): string {
    const { tensorGrowth, megabyteGrowth, unit } = this;
    const looks = this.settled(this.tensors).length;
    const growth = `${tensorGrowth.toFixed(1)} tensors and ${megabyteGrowth.toFixed(1)} MB`;
    return `${this.isFlat ? "Flat" : "Not flat"}: ${growth} over the last ${looks} times one ${unit}.`;
  }

  readonly header = ["", "live tensors", "resident MB"];

  /** A tenth of the looks each. */
  rows(): string[][] {
    const every = Math.max(1, Math.floor(this.tensors.length / ROWS));
    return this.tensors.flatMap((tensors, index) =>
      (index + 1) % every === 0 ? [[`${this.unit} ${index + 1}`, String(tensors), (this.megabytes[index] ?? 0).toFixed(1)]] : [],
    );
  }

  private get tensorGrowth(): number {
    return growth(this.settled(this.tensors));
  }

  private get megabyteGrowth(): number {
    return growth(this.settled(this.megabytes));
  }

  private settled(values: readonly number[]): readonly number[] {
    return values.slice(Math.floor(WARM_UP * values.length));
  }
}

function growth(values: readonly number[]): number {
  return slope(values) * values.length;
}
