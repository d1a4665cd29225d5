import { beforeAll } from "vitest";
import { startEngine } from "../../src/engine";
import "../../src/nn/gradients";
import { eager } from "../parity/execution";
import { testParity } from "../parity/testParity";

beforeAll(async () => {
  await startEngine({ engine: "wasm" });
});

testParity(eager);
