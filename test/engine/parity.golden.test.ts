import { beforeAll } from "vitest";
import { captureStep, startEngine } from "../../src/engine";
import { layerUnderWay } from "../../src/nn";
import "../../src/nn/gradients";
import { eager } from "../parity/execution";
import { testParity } from "../parity/testParity";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

testParity(eager);
testParity({ name: "captured", batchSize: 20, capture: (step, inputs) => captureStep(step, inputs, { place: layerUnderWay }) });
testParity({
  name: "compiled",
  batchSize: 20,
  capture: (step, inputs) => captureStep(step, inputs, { compile: true, place: layerUnderWay }),
});
