import type { LayerCase } from "./layerCase";
import { sequenceCases } from "./sequenceCases";
import { spatialCases } from "./spatialCases";

/** `test/golden/layers_b.json` has Keras's numbers for each of them, by class and title. */
export const layerCasesB: readonly LayerCase[] = [...spatialCases, ...sequenceCases];
