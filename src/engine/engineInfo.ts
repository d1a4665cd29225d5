import type { ThreadCounts } from "./context";

export type EngineName = "tensorflow" | "wasm" | "cpu";

export interface EngineInfo {
  readonly name: EngineName;
  readonly version: string;
  /** "CPU" or "GPU". */
  readonly device: string;
  /** Why this engine runs, and from where. */
  readonly reason: string;
  /** TensorFlow's thread pools; other counts give other last bits. Null for the other engines: they have one thread. */
  readonly threads: ThreadCounts | null;
}

export interface EngineOptions {
  readonly engine: "auto" | EngineName;
  /** TensorFlow's library or its folder; by default it is searched for (see `searchPlaces`). */
  readonly libraryPath?: string;
  /** Threads within one operation; by default one for each core. */
  readonly intraOpThreads?: number;
  /** Operations at a time; by default one for each core. */
  readonly interOpThreads?: number;
}

export interface EngineAvailability {
  readonly name: EngineName;
  readonly available: boolean;
  readonly version: string | null;
  readonly device: string | null;
  /** Where an available engine comes from; why another cannot run. */
  readonly reason: string;
}
