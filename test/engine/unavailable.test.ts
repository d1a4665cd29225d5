import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EngineUnavailableError, listEngines, startEngine } from "../../src/engine";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "layerwise-no-tensorflow-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the error says what was looked for where, and what to do", async () => {
  const attempt = startEngine({ engine: "tensorflow", libraryPath: join(folder, "nowhere") });
  await expect(attempt).rejects.toThrow(EngineUnavailableError);
  await expect(attempt).rejects.toThrow(`${join(folder, "nowhere")} (the given path): does not exist`);
  await expect(attempt).rejects.toThrow("npm run layerwise -- runtime install");
});

test("a file that is no library is rejected with the dynamic linker's reason", async () => {
  writeFileSync(join(folder, "libtensorflow_cc.so.2"), "not a library");
  const attempt = startEngine({ engine: "tensorflow", libraryPath: folder });
  await expect(attempt).rejects.toThrow(/\(the given path\): .*libtensorflow_cc\.so\.2: .*(file too short|invalid ELF header)/);
});

test("auto falls back and says why", async () => {
  const info = await startEngine({ engine: "auto", libraryPath: join(folder, "nowhere") });
  expect(info.name).toBe("wasm");
  expect(info.reason).toContain("TensorFlow was not found");
});

test("every engine is listed with the reason why it is not available", async () => {
  const list = await listEngines({ libraryPath: join(folder, "nowhere") });
  expect(list.map(({ name, available }) => [name, available])).toEqual([
    ["tensorflow", false],
    ["wasm", true],
    ["cpu", true],
  ]);
  expect(list[0]?.reason).toContain("does not exist");
});
