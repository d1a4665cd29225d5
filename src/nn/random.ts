import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { sizeOf } from "./shape";

/**
 * Random numbers of one training step. Each call is a site of its own, numbered in order, so that the numbers depend on
 * (seed, step, site) alone: two runs with one seed agree, and a resumed run continues as the uninterrupted one would.
 */
export interface RandomStream {
  /** Uniform floats in [0, 1). */
  uniform(shape: readonly number[]): Tensor;
  /** Floats of the standard normal distribution. */
  normal(shape: readonly number[]): Tensor;
}

/** A seeded generator of 32-bit words: sfc32 (Doty-Humphrey, PractRand), its state mixed from the seeds given. */
export class Generator {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;
  private spare: number | undefined;

  constructor(...seeds: readonly number[]) {
    let hash = 0x9e3779b9;
    for (const seed of seeds) hash = mix(hash ^ mix(seed | 0) ^ mix(Math.floor(seed / 2 ** 32) | 0x5bd1e995));
    this.a = mix(hash + 1);
    this.b = mix(hash + 2);
    this.c = mix(hash + 3);
    for (let round = 0; round < 12; round++) this.word();
  }

  /** A word of 32 bits, 0 ≤ word < 2³². */
  word(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 ≤ value < 1, in steps of 2⁻²⁴: every value is a float32. */
  uniform(): number {
    return (this.word() >>> 8) / 2 ** 24;
  }

  /** The standard normal distribution, by Marsaglia's polar method. */
  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        this.spare = v * factor;
        return u * factor;
      }
    }
  }

  /** The normal distribution cut at two standard deviations, as Keras's initializers draw it. */
  truncatedNormal(): number {
    for (;;) {
      const value = this.normal();
      if (Math.abs(value) <= 2) return value;
    }
  }

  /** A whole number, 0 ≤ value < bound. */
  below(bound: number): number {
    return Math.floor((this.word() / 2 ** 32) * bound);
  }

  /** Shuffles in place (Fisher–Yates). */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const value = values[last] as number;
      values[last] = values[other] as number;
      values[other] = value;
    }
    return values;
  }
}

/** MurmurHash3's finalizer. */
function mix(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** A stream on any backend, its numbers drawn in JavaScript. */
export class SeededRandomStream implements RandomStream {
  private site = 0;

  constructor(
    private readonly seed: number,
    private readonly step: number,
  ) {}

  uniform(shape: readonly number[]): Tensor {
    return this.draw(shape, (generator) => generator.uniform());
  }

  normal(shape: readonly number[]): Tensor {
    return this.draw(shape, (generator) => generator.normal());
  }

  private draw(shape: readonly number[], next: (generator: Generator) => number): Tensor {
    const generator = new Generator(this.seed, this.step, this.site++);
    const values = new Float32Array(sizeOf(shape));
    for (let index = 0; index < values.length; index++) values[index] = next(generator);
    return tensor(values, [...shape]);
  }
}
