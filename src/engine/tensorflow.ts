import { availableParallelism, homedir } from "node:os";
import type { ThreadCounts } from "./context";
import { EagerBinding } from "./eagerBinding";
import type { EngineOptions } from "./engineInfo";
import { EngineUnavailableError } from "./errors";
import { findCandidates, type RejectedPlace, type SearchPlace, searchPlaces, type Surroundings } from "./locate";
import { loadLibTensorFlow } from "./loader";
import { xlaCacheFlags } from "./xlaCache";

/** TensorFlow as this process runs it: one library, one set of thread pools. */
export interface TensorFlowRuntime {
  readonly binding: EagerBinding;
  readonly place: SearchPlace;
  readonly threads: ThreadCounts;
}

export type RuntimeOptions = Omit<EngineOptions, "engine">;

let runtime: TensorFlowRuntime | undefined;

/**
 * Finds, loads and starts TensorFlow, once in a process: later calls return the same runtime.
 *
 * @throws {EngineUnavailableError} when no place holds a library that loads
 */
export function openTensorFlow(options: RuntimeOptions): TensorFlowRuntime {
  runtime ??= startTensorFlow(options, {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    workingFolder: process.cwd(),
  });
  return runtime;
}

function startTensorFlow(options: RuntimeOptions, surroundings: Surroundings): TensorFlowRuntime {
  setDefaultVariables();
  const places = searchPlaces(options.libraryPath, surroundings);
  const { candidates, rejected } = findCandidates(places, surroundings.platform);
  const threads = defaultThreads(options);
  const givenXlaFlags = process.env["TF_XLA_FLAGS"];
  for (const { files, source, folder } of candidates) {
    process.env["TF_XLA_FLAGS"] = givenXlaFlags ?? xlaCacheFlags(files.main) ?? "";
    try {
      const binding = new EagerBinding(loadLibTensorFlow(files), threads);
      return { binding, place: { source, folder }, threads };
    } catch (error) {
      rejected.push({ source, folder, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw notFound(places, rejected);
}

/**
 * Half of the processors within one operation, and two operations at a time where a step's graph has branches. More threads in an
 * operation wait for each other longer than most operations of a small network take.
 */
function defaultThreads({ intraOpThreads, interOpThreads }: RuntimeOptions): ThreadCounts {
  const processors = availableParallelism();
  return { intraOp: intraOpThreads ?? Math.max(1, processors >> 1), interOp: interOpThreads ?? Math.min(2, processors) };
}

function notFound(places: readonly SearchPlace[], rejected: readonly RejectedPlace[]): EngineUnavailableError {
  const inSearchOrder = places.flatMap((place) => rejected.filter(({ folder }) => folder === place.folder));
  return new EngineUnavailableError("tensorflow", "TensorFlow was not found.", [
    "Looked for its library in this order:",
    ...inSearchOrder.map(({ source, folder, reason }) => `  ${folder} (${source}): ${reason}`),
    "Install it with `npm run layerwise -- runtime install`, or with `pip install tensorflow` in the selected Python " +
      "environment, or name the folder that holds it in LAYERWISE_TENSORFLOW.",
  ]);
}

/** TensorFlow reads these while its library is being loaded. */
function setDefaultVariables(): void {
  process.env["TF_ENABLE_ONEDNN_OPTS"] ??= "1";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  // Else the first process takes all of a graphics card's memory.
  process.env["TF_FORCE_GPU_ALLOW_GROWTH"] ??= "true";
}
