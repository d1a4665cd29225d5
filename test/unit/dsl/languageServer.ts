import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";

const Message = z.object({
  id: z.optional(z.union([z.number(), z.string()])),
  method: z.optional(z.string()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ message: z.string() })),
});

/** A client of a language server on standard input and output, for what a test asks. */
export class LanguageServer {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  private received = Buffer.alloc(0);
  private nextId = 1;

  constructor(command: string, args: readonly string[]) {
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.process.stdout.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      for (let body = this.nextBody(); body !== undefined; body = this.nextBody()) this.receive(body);
    });
  }

  request(method: string, params: object): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process.once("exit", (code) => {
        reject(new Error(`The language server ended with ${code} during ${method}.`));
      });
      this.send({ id, method, params });
    });
  }

  notify(method: string, params: object): void {
    this.send({ method, params });
  }

  async dispose(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }

  private send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  private nextBody(): string | undefined {
    const end = this.received.indexOf("\r\n\r\n");
    const length = Number(/Content-Length: (\d+)/i.exec(this.received.toString("utf8", 0, Math.max(end, 0)))?.[1]);
    if (end < 0 || this.received.length < end + 4 + length) return undefined;
    const body = this.received.toString("utf8", end + 4, end + 4 + length);
    this.received = this.received.subarray(end + 4 + length);
    return body;
  }

  private receive(body: string): void {
    const { id, method, result, error } = Message.parse(JSON.parse(body));
    if (method === undefined && typeof id === "number") {
      const request = this.waiting.get(id);
      if (error === undefined) request?.resolve(result);
      else request?.reject(new Error(error.message));
      this.waiting.delete(id);
    } else if (method !== undefined && id !== undefined) {
      // What the server asks of an editor (capabilities, configuration) is answered with nothing.
      this.send({ id, result: null });
    }
  }
}
