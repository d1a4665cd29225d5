import { inSentence } from "../../../nn/arguments";
import type { Layer } from "../../../nn/layer";
import { unpaddedBefore } from "../../../nn/layers/mapWays";
import type { Proposal } from "../../evaluation";
import { proposal, set } from "./edits";

/** Lets the maps that a layer merges keep their edges, where they lose them on the way to it. */
export function keepingEdges(merging: Layer): Proposal[] {
  const call = merging.inboundNodes.at(-1);
  const unpadded = call === undefined ? [] : unpaddedBefore(call);
  if (unpadded.length === 0) return [];
  const names = unpadded.length > 3 ? `${unpadded.length} layers` : inSentence(unpadded.map(({ name }) => name));
  return [proposal(`Set padding of ${names} to "same"`, ...unpadded.map((layer) => set(layer, ["padding"], `"same"`)))];
}
