import { readFileSync } from "node:fs";
import * as vm from "node:vm";
import { MODEL_SCRIPT, MODEL_SCRIPT_PARAMETERS } from "../bundle/script";

/** Part of the time limit that collecting what a file declared may take again. */
const FINISH_SHARE = 0.5;

export interface RealmResult {
  /** An `Evaluation` as JSON. */
  readonly result: string;
  readonly timedOut: boolean;
}

/** The script of `dist/realm.js`, compiled once; later contexts start from its code cache. */
export class RealmScript {
  private readonly script: vm.Script;

  constructor(path: string) {
    this.script = new vm.Script(readFileSync(path, "utf8"), { filename: "layerwise:realm" });
  }

  /** A fresh context in which the DSL stands ready. */
  newRealm(): Realm {
    return new Realm(this.script);
  }
}

/**
 * A V8 context without any object of the host: what runs in it cannot reach Node. Only strings come out. It serves one model file.
 */
export class Realm {
  private readonly context = newContext();

  constructor(script: vm.Script) {
    script.runInContext(this.context);
  }

  /**
   * @param code A bundle.
   * @param timeLimit Milliseconds. Promises' reactions count.
   */
  async evaluate(code: string, timeLimit: number): Promise<RealmResult> {
    const noteRejection = this.run("layerwiseRealm.noteRejection") as (reason: unknown) => void;
    process.on("unhandledRejection", noteRejection);
    try {
      const timedOut = this.runModel(code, timeLimit);
      // Rejections are told after this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      return { result: this.collect(timeLimit * FINISH_SHARE), timedOut };
    } finally {
      process.off("unhandledRejection", noteRejection);
    }
  }

  private runModel(code: string, timeLimit: number): boolean {
    const parameters = MODEL_SCRIPT_PARAMETERS.join(", ");
    // The first line of the wrapper is line 0, so that the code's lines are counted from 1.
    const script = new vm.Script(`layerwiseRealm.evaluate(function (${parameters}) {\n${code}\n});`, {
      filename: MODEL_SCRIPT,
      lineOffset: -1,
    });
    try {
      script.runInContext(this.context, { timeout: timeLimit });
      return false;
    } catch (error) {
      if (isTimeout(error)) return true;
      throw error;
    }
  }

  private collect(timeLimit: number): string {
    try {
      const result: unknown = this.run("layerwiseRealm.finish()", timeLimit);
      if (typeof result === "string") return result;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      throw new Error(
        "asking its layers for their shapes, weights and FLOPs did not end; an own layer's getter or method loops for ever",
      );
    }
    throw new Error("its result is not text");
  }

  private run(expression: string, timeout?: number): unknown {
    return new vm.Script(expression).runInContext(this.context, timeout === undefined ? {} : { timeout: Math.ceil(timeout) });
  }
}

function newContext(): vm.Context {
  const options: vm.CreateContextOptions = { codeGeneration: { strings: false, wasm: false }, microtaskMode: "afterEvaluate" };
  // Without a prototype, nothing of the host is reachable through the global object.
  return vm.createContext(Object.create(null) as vm.Context, options);
}

/** Such an error belongs to the realm, not to this one: it is no instance of this realm's `Error`. */
function isTimeout(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
