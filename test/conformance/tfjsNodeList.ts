import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const LIST = /var IGNORE_LIST = (\[[^]*?\n\]);/;

/** The parts of test names that tfjs-node itself excludes, from the file it runs its tests with. */
export function readTfjsNodeExclusions(runTestsPath: string): string[] {
  const list = LIST.exec(readFileSync(runTestsPath, "utf8"))?.[1];
  if (list === undefined) throw new Error(`${runTestsPath} holds no IGNORE_LIST; expected tfjs-node 4.22's run_tests.js.`);
  const values: unknown = runInContext(list, createContext({}));
  if (!Array.isArray(values)) throw new Error(`The IGNORE_LIST in ${runTestsPath} is no list.`);
  return values.map(String);
}
