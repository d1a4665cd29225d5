import { homedir } from "node:os";
import type { EagerBinding } from "../../src/engine/eagerBinding";
import type { LibTensorFlow } from "../../src/engine/libtensorflow";
import { loadLibTensorFlow } from "../../src/engine/loader";
import { findCandidates, searchPlaces } from "../../src/engine/locate";
import { openTensorFlow } from "../../src/engine/tensorflow";

/** The binding on this machine's TensorFlow. */
export function openBinding(): EagerBinding {
  return openTensorFlow({ intraOpThreads: 2, interOpThreads: 2 }).binding;
}

/** This machine's TensorFlow itself. */
export function loadedLibrary(): LibTensorFlow {
  const { env, platform } = process;
  const places = searchPlaces(undefined, { env, platform, home: homedir(), workingFolder: process.cwd() });
  const [best] = findCandidates(places, platform).candidates;
  if (!best) throw new Error("These tests need TensorFlow; `npm test` installs it.");
  return loadLibTensorFlow(best.files);
}
