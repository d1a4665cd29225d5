import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockDevice } from "../../../src/training/deviceLock";

describe("the lock of a device", () => {
  const folder = mkdtempSync(join(tmpdir(), "layerwise-lock-"));
  const path = join(folder, "layerwise/locks/cpu.lock");
  const never = new AbortController().signal;

  beforeEach(() => {
    vi.stubEnv("XDG_CACHE_HOME", folder);
    mkdirSync(join(folder, "layerwise/locks"), { recursive: true });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is a file as long as it is held", async () => {
    const lock = await lockDevice("CPU", { signal: never, onWait: () => undefined });
    expect(readFileSync(path, "utf8")).toMatch(/^\d+/);
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it("is taken over from a process that died before it had written its name", async () => {
    writeFileSync(path, "");
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(path, longAgo, longAgo);
    const onWait = vi.fn();
    const lock = await lockDevice("CPU", { signal: never, onWait });
    expect(onWait).not.toHaveBeenCalled();
    lock.release();
  });

  it("is waited for while its holder is just writing its name", async () => {
    writeFileSync(path, "");
    const abort = new AbortController();
    const waiting = lockDevice("CPU", { signal: abort.signal, onWait: () => abort.abort(new Error("waited")) });
    await expect(waiting).rejects.toThrow("waited");
    expect(existsSync(path)).toBe(true);
  });
});
