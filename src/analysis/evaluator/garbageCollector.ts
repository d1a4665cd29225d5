import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** V8's garbage collector as a function. The flag is taken back: no realm that is made later finds it. */
export function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (() => void) | undefined;
  setFlagsFromString("--no-expose-gc");
  return collect ?? (() => undefined);
}
