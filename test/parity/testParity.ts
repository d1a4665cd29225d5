import { describe, it } from "vitest";
import { Batch } from "./batch";
import type { Execution } from "./execution";
import { functionFamilies } from "./functions";
import { layerFamilies } from "./layers";
import { testOptimizers } from "./optimizers";
import type { ParityCase } from "./parityCase";

/** Tests everything that computes on tensors against Keras's golden numbers, on whatever backend is set. */
export function testParity(execution: Execution): void {
  for (const [family, cases] of Object.entries({ ...layerFamilies, ...functionFamilies })) {
    describe(`${family}, ${execution.name}`, () => testFamily(execution, cases));
  }
  describe(`optimizers, ${execution.name}`, () => testOptimizers(execution));
}

function testFamily(execution: Execution, cases: readonly ParityCase[]): void {
  const { batchSize } = execution;
  for (let start = 0; start < cases.length; start += batchSize) {
    const ofBatch = cases.slice(start, start + batchSize);
    const batch = new Batch(execution, ofBatch);
    it.each(ofBatch)("$name", (parityCase) => batch.check(parityCase));
  }
}
