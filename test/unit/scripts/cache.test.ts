import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureInstalled, folderOf } from "../../../scripts/lib/cache.mjs";

let caches: string;
const before = process.env["XDG_CACHE_HOME"];

beforeEach(async () => {
  caches = await mkdtemp(join(tmpdir(), "layerwise-cache-"));
  process.env["XDG_CACHE_HOME"] = caches;
});

afterEach(async () => {
  if (before === undefined) delete process.env["XDG_CACHE_HOME"];
  else process.env["XDG_CACHE_HOME"] = before;
  await rm(caches, { recursive: true, force: true });
});

/** A part that writes one file, and counts how often. */
function partThatWrites(text: string): Parameters<typeof ensureInstalled>[0] & { installations: number } {
  return {
    title: "a part",
    name: "part",
    version: "1.0.0",
    files: ["content.txt"],
    installations: 0,
    async install(folder) {
      this.installations += 1;
      await writeFile(join(folder, "content.txt"), text);
    },
    async verify(folder) {
      const received = await readFile(join(folder, "content.txt"), "utf8");
      if (received !== text) throw new Error(`expected ${text}, received ${received}`);
    },
  };
}

describe("a part of the cache", () => {
  it("is installed once, in a folder named by its version", async () => {
    const part = partThatWrites("whole");
    expect(await ensureInstalled(part)).toBe(join(caches, "layerwise/part/1.0.0"));
    await ensureInstalled(part);
    expect(part.installations).toBe(1);
    expect(await readdir(join(caches, "layerwise/part"))).toEqual(["1.0.0"]);
  });

  it("is installed once when several ask at the same time", async () => {
    const part = partThatWrites("whole");
    await Promise.all([ensureInstalled(part), ensureInstalled(part), ensureInstalled(part)]);
    expect(part.installations).toBe(1);
  });

  it("is taken over when it was put there by hand, whole", async () => {
    const part = partThatWrites("whole");
    await mkdir(folderOf(part), { recursive: true });
    await writeFile(join(folderOf(part), "content.txt"), "whole");
    await ensureInstalled(part);
    expect(part.installations).toBe(0);
  });

  it("is built anew when it is damaged", async () => {
    const part = partThatWrites("whole");
    const file = join(await ensureInstalled(part), "content.txt");
    await writeFile(file, "who");
    await ensureInstalled(part);
    expect(await readFile(file, "utf8")).toBe("whole");
  });

  it("does not appear when its installation fails, and is installed by the next attempt", async () => {
    const part = partThatWrites("whole");
    const failing = { ...part, install: () => Promise.reject(new Error("no space left on device")) };
    await expect(ensureInstalled(failing)).rejects.toThrow("no space left on device");
    await expect(stat(folderOf(part))).rejects.toThrow("ENOENT");
    expect(await readdir(join(caches, "layerwise/part"))).toEqual([]);
    await ensureInstalled(part);
    expect(part.installations).toBe(1);
  });

  it("is not accepted when its content is not what it should be", async () => {
    const part = partThatWrites("whole");
    const wrong = { ...part, install: (folder: string) => writeFile(join(folder, "content.txt"), "wrong") };
    await expect(ensureInstalled(wrong)).rejects.toThrow("expected whole, received wrong");
    await expect(stat(folderOf(part))).rejects.toThrow("ENOENT");
  });

  it("is installed although an earlier process was killed in the middle", async () => {
    const part = partThatWrites("whole");
    const lock = `${folderOf(part)}.lock`;
    const leftover = `${folderOf(part)}.partial-0123abcd`;
    await mkdir(lock, { recursive: true });
    await mkdir(leftover);
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(lock, longAgo, longAgo);
    await ensureInstalled(part);
    expect(await readdir(join(caches, "layerwise/part"))).toEqual(["1.0.0"]);
  });

  it("leaves no lock behind when its process is told to end", async () => {
    const script = `
      import { ensureInstalled } from ${JSON.stringify(new URL("../../../scripts/lib/cache.mjs", import.meta.url).href)};
      import { runScript } from ${JSON.stringify(new URL("../../../scripts/lib/steps.mjs", import.meta.url).href)};
      await runScript(() => ensureInstalled({
        title: "a part", name: "part", version: "1.0.0", files: [], verify: async () => {},
        install: () => new Promise((resolve) => { setInterval(resolve, 1 << 30); console.log("installing"); }),
      }));`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", () => child.kill("SIGTERM"));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(143);
    expect(await readdir(join(caches, "layerwise/part"))).not.toContain("1.0.0.lock");
  });
});
