import { dirname, join } from "node:path";
import type { Request } from "./protocol";
import { Worker } from "./worker";

/** One way to train a workload. */
export interface Candidate {
  /** Names it among the candidates of all columns. */
  readonly name: string;
  readonly worker: Worker;
  readonly variant: Extract<Request, { command: "prepare" }>["variant"];
}

/** A column of the table: the fastest of its candidates. */
export interface Column {
  readonly title: string;
  readonly library: "Keras" | "PyTorch" | "Layerwise";
  readonly candidates: readonly Candidate[];
}

export interface Programs {
  /** The interpreter that has Keras and PyTorch. */
  readonly python: string;
  /** The folder of the Python scripts. */
  readonly scripts: string;
  /** The bundle of `layerwiseWorker.ts`. */
  readonly layerwiseWorker: string;
}

/** The contenders, in processes that the caller disposes. */
export function makeColumns({ python, scripts, layerwiseWorker }: Programs): { columns: Column[]; workers: Worker[] } {
  const pythonWorker = (script: string, env: Record<string, string>): Worker =>
    new Worker({ program: python, args: [join(scripts, script)], env: { TF_CPP_MIN_LOG_LEVEL: "2", ...env } });
  const keras = pythonWorker("keras_worker.py", { KERAS_BACKEND: "tensorflow" });
  const oneDnn = ["0", "1"].map((onOff) => ({
    title: onOff === "1" ? "oneDNN" : "no oneDNN",
    worker: pythonWorker("keras_worker.py", { KERAS_BACKEND: "tensorflow", TF_ENABLE_ONEDNN_OPTS: onOff }),
  }));
  // What is compiled goes into the environment, where later benchmarks find it.
  const torch = pythonWorker("torch_worker.py", { TORCHINDUCTOR_CACHE_DIR: join(dirname(dirname(python)), "inductor") });
  const layerwise = new Worker({ program: process.execPath, args: [layerwiseWorker], env: {} });

  const kerasCandidates = oneDnn.flatMap(({ title, worker }) =>
    [true, false].flatMap((jit) =>
      [1, 50].map((steps): Candidate => {
        const name = [jit ? "jit" : "no jit", ...(steps === 1 ? [] : [`${steps} steps`]), title].join(", ");
        return { name, worker, variant: { jit_compile: jit, steps_per_execution: steps } };
      }),
    ),
  );
  const torchColumn = (title: string, compile: boolean): Column => ({
    title: `PyTorch ${title}`,
    library: "PyTorch",
    candidates: [{ name: `PyTorch ${title}`, worker: torch, variant: { compile } }],
  });
  const layerwiseColumn = (execution: string): Column => ({
    title: `Layerwise ${execution}`,
    library: "Layerwise",
    candidates: [{ name: `Layerwise ${execution}`, worker: layerwise, variant: { execution } }],
  });
  return {
    columns: [
      {
        title: "Keras fit",
        library: "Keras",
        candidates: [{ name: "Keras fit", worker: keras, variant: { jit_compile: "auto", steps_per_execution: 1 } }],
      },
      { title: "best Keras", library: "Keras", candidates: kerasCandidates },
      torchColumn("eager", false),
      torchColumn("compiled", true),
      ...["eager", "captured", "XLA", "auto"].map(layerwiseColumn),
    ],
    workers: [keras, ...oneDnn.map(({ worker }) => worker), torch, layerwise],
  };
}
