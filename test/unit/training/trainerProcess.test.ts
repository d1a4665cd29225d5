import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TrainerProcess } from "../../../src/training/trainerProcess";

vi.mock("../../../src/engine", () => ({ listEngines: () => Promise.reject(new Error("no memory")) }));
vi.mock("../../../src/training/train", () => ({ train: () => new Promise(() => undefined) }));
vi.mock("../../../src/training/endWithOwner", () => ({ endWithOwner: () => undefined }));

/** A process as a trainer sees its own. */
class OwnProcess extends EventEmitter {
  readonly ppid = 1;
  connected = true;
  readonly sent: unknown[] = [];
  readonly exits: number[] = [];

  send(message: unknown, _handle: undefined, _options: undefined, sent: () => void): void {
    this.sent.push(message);
    setImmediate(sent);
  }

  exit(code: number): void {
    this.exits.push(code);
    this.emit("exit", code);
  }
}

const start = (): OwnProcess => {
  const own = new OwnProcess();
  new TrainerProcess(own as unknown as NodeJS.Process).start();
  return own;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("refuses where the engines cannot be listed", async () => {
  const own = start();
  const exited = new Promise((resolve) => own.once("exit", resolve));
  own.emit("message", { type: "listEngines" });
  expect(await exited).toBe(0);
  expect(own.sent).toEqual([{ type: "refused", message: "no memory" }]);
});

test("exits some time after its owner let go, even if the training never hears of it", () => {
  const own = start();
  const options = { file: "/a.model.ts", engine: "cpu", jit: "off", runsFolder: "/runs" };
  own.emit("message", { type: "train", options });
  own.connected = false;
  own.emit("disconnect");
  expect(own.exits).toEqual([]);
  vi.runAllTimers();
  expect(own.exits).toEqual([1]);
});
