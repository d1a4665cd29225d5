import util from "node:util";

/** tfjs-node calls two functions that Node 22 warns of and Node 23 no longer has. */
Object.assign(util, {
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  isArray: (value: unknown): boolean => Array.isArray(value),
});
