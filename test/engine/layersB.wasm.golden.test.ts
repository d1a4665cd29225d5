import { beforeAll } from "vitest";
import "../../src/nn/gradients";
import { startEngine } from "../../src/engine";
import { testAgainstKeras } from "../unit/nn/layersBGolden";

beforeAll(async () => {
  await startEngine({ engine: "wasm" });
});

testAgainstKeras();
