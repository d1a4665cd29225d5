import { Console } from "node:console";
import { Writable } from "node:stream";

/** A console whose lines go to a function: what a model file prints must not get among a process's own output. */
export function outputConsole(write: (text: string) => void): Console {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      write(chunk.toString());
      done();
    },
  });
  return new Console({ stdout: stream, stderr: stream });
}
