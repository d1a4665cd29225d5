import { homedir } from "node:os";
import { findCandidates, searchPlaces } from "../../../src/engine/locate";

/** The folder of this machine's TensorFlow: a trainer whose cache is a test's own does not find it by itself. */
export function tensorFlowFolder(): string {
  const { platform, env } = process;
  const places = searchPlaces(undefined, { platform, env, home: homedir(), workingFolder: process.cwd() });
  const [candidate] = findCandidates(places, platform).candidates;
  if (candidate === undefined)
    throw new Error("TensorFlow was not found. Install it with `npm run layerwise -- runtime install`.");
  return candidate.folder;
}
