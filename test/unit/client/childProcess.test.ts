import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { beforeEach, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { ChildProcess } from "../../../src/client";

const forked = vi.hoisted((): { current: unknown } => ({ current: undefined }));
vi.mock("node:child_process", () => ({ fork: () => forked.current }));

/** A child as Node shows it, its events in the test's order. */
class Forked extends EventEmitter {
  readonly pid: number | undefined = 1;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
}

const seen: string[] = [];
const observe = (child: Forked): ChildProcess<object, string> => {
  forked.current = child;
  return new ChildProcess({
    script: "child.js",
    message: z.string(),
    onMessage: (message) => seen.push(message),
    onExit: ({ description }) => seen.push(description),
  });
};

beforeEach(() => {
  seen.length = 0;
});

test("a message that comes after the exit is delivered before it", async () => {
  const child = new Forked();
  const observed = observe(child);
  child.emit("exit", 0, null);
  child.emit("message", "last words");
  child.emit("disconnect");
  await observed.dispose();
  expect(seen).toEqual(["last words", "the process ended"]);
});

test("a channel that closes before the exit does not end the child", async () => {
  const child = new Forked();
  const observed = observe(child);
  child.emit("disconnect");
  await Promise.resolve();
  expect(seen).toEqual([]);
  child.emit("exit", null, "SIGKILL");
  await observed.dispose();
  expect(seen).toEqual(["the process was killed by SIGKILL"]);
});

test("a child that cannot be started has ended", () => {
  const child = new Forked();
  Object.assign(child, { pid: undefined });
  observe(child);
  child.emit("error", new Error("spawn ENOENT"));
  expect(seen).toEqual(["the process could not be started: spawn ENOENT"]);
});
