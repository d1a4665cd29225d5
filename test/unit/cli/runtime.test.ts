import { EventEmitter } from "node:events";
import { Command } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registerRuntime } from "../../../src/cli/commands/runtime";

const spawned = vi.hoisted((): { current: unknown; args: readonly string[] } => ({ current: undefined, args: [] }));
vi.mock("node:child_process", () => ({
  spawn: (_command: string, args: readonly string[]) => {
    spawned.args = args;
    return spawned.current;
  },
}));

let child: EventEmitter;
let exitCode: typeof process.exitCode;

beforeEach(() => {
  child = new EventEmitter();
  spawned.current = child;
  exitCode = process.exitCode;
});
afterEach(() => {
  process.exitCode = exitCode;
});

function install(...args: readonly string[]): Promise<unknown> {
  const program = new Command();
  const { signal } = new AbortController();
  registerRuntime(program, { scripts: "/layerwise/dist", interruption: signal, print: () => undefined, log: () => undefined });
  return program.parseAsync(["runtime", "install", ...args], { from: "user" });
}

test("runtime install exits as the installation does", async () => {
  const done = install();
  child.emit("close", 3, null);
  await done;
  expect(process.exitCode).toBe(3);
});

test.each([
  [[], "auto"],
  [["--device", "gpu"], "gpu"],
])("runtime install %j asks for the device %s", async (args, device) => {
  const done = install(...args);
  child.emit("close", 0, null);
  await done;
  expect(spawned.args).toEqual(["/layerwise/scripts/install-runtime.mjs", "--device", device]);
});

test("runtime install says what to do when the installation cannot be started", async () => {
  const done = install();
  child.emit("error", new Error("spawn ENOENT"));
  await expect(done).rejects.toThrow(
    /install-runtime\.mjs could not be started \(spawn ENOENT\)\. Start it with: node .*install-runtime\.mjs$/,
  );
});
