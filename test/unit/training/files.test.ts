import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { encodeSafetensors, readSafetensors, type SavedTensor } from "../../../src/training/run/safetensors";
import { scalarEvent } from "../../../src/training/tensorboard/event";
import { crc32c, tfRecord } from "../../../src/training/tensorboard/tfRecord";

const folder = mkdtempSync(join(tmpdir(), "layerwise-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("safetensors", () => {
  const tensors: SavedTensor[] = [
    { name: "dense/kernel", shape: [2, 2], dtype: "float32", values: Float32Array.of(1, -2.5, 3, 1e-8) },
    { name: "größe", shape: [1], dtype: "int32", values: Int32Array.of(7) },
  ];

  it("brings back what was written", async () => {
    const path = join(folder, "weights.safetensors");
    writeFileSync(path, encodeSafetensors(tensors, { monitor: "valLoss" }));
    expect(await readSafetensors(path)).toEqual({ tensors, metadata: { monitor: "valLoss" } });
  });

  it("starts its values at a multiple of 8 bytes, as other readers want it", () => {
    expect(Number(encodeSafetensors(tensors).readBigUInt64LE(0)) % 8).toBe(0);
  });

  it("says that a file is cut off", async () => {
    const path = join(folder, "short.safetensors");
    writeFileSync(path, encodeSafetensors(tensors).subarray(0, -4));
    await expect(readSafetensors(path)).rejects.toThrow(/short\.safetensors is not a whole safetensors file/);
  });
});

describe("TensorBoard's files", () => {
  it("carry CRC-32C: the check value of RFC 3720", () => {
    expect(crc32c(Buffer.from("123456789")).toString(16)).toBe("e3069283");
  });

  it("equal what TensorFlow writes", () => {
    const event = scalarEvent({ wallTime: 1.5, step: 300, scalars: new Map([["epoch_loss", 0.25]]) });
    expect(event.toString("hex")).toBe(GOLDEN_EVENT);
    // Both made by test/golden/tensorboard.py.
    expect(tfRecord(event).toString("hex")).toBe(GOLDEN_RECORD);
  });
});

const [GOLDEN_EVENT, GOLDEN_RECORD] = readFileSync(new URL("../../golden/tensorboard.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
