import type { LibTensorFlow } from "./libtensorflow";
import { NULL, type Pointer } from "./pointer";
import type { Status } from "./status";

interface LoadedModel {
  readonly session: Pointer<"TF_Session">;
  readonly graph: Pointer<"TF_Graph">;
}

/** SavedModels in memory, by number. */
export class SavedModels {
  readonly #tensorflow: LibTensorFlow;
  readonly #status: Status;
  readonly #models = new Map<number, LoadedModel>();
  #nextId = 0;

  constructor(tensorflow: LibTensorFlow, status: Status) {
    this.#tensorflow = tensorflow;
    this.#status = status;
  }

  get size(): number {
    return this.#models.size;
  }

  load(folder: string, tags: readonly string[]): number {
    const tensorflow = this.#tensorflow;
    const options = tensorflow.TF_NewSessionOptions();
    const graph = tensorflow.TF_NewGraph();
    try {
      const session = tensorflow.TF_LoadSessionFromSavedModel(
        options,
        NULL,
        folder,
        tags,
        tags.length,
        graph,
        NULL,
        this.#status.pointer,
      );
      this.#status.throwIfFailed(`Loading the SavedModel ${folder}`);
      const id = this.#nextId++;
      this.#models.set(id, { session, graph });
      return id;
    } catch (error) {
      tensorflow.TF_DeleteGraph(graph);
      throw error;
    } finally {
      tensorflow.TF_DeleteSessionOptions(options);
    }
  }

  /**
   * Runs a model once. The caller owns inputs and outputs.
   *
   * @param inputNames, outputNames graph tensors such as `serving_default_x:0`; without `:0` the first output is meant
   */
  run(
    id: number,
    inputs: readonly Pointer<"TF_Tensor">[],
    inputNames: readonly string[],
    outputNames: readonly string[],
  ): Pointer<"TF_Tensor">[] {
    const { session, graph } = this.#get(id);
    if (inputs.length !== inputNames.length) {
      throw new Error(`The SavedModel takes ${inputNames.length} inputs (${inputNames.join(", ")}); received ${inputs.length}.`);
    }
    const outputs = new BigUint64Array(outputNames.length);
    this.#tensorflow.TF_SessionRun(
      session,
      NULL,
      this.#graphTensors(graph, inputNames),
      BigUint64Array.from(inputs),
      inputs.length,
      this.#graphTensors(graph, outputNames),
      outputs,
      outputs.length,
      NULL,
      0,
      NULL,
      this.#status.pointer,
    );
    this.#status.throwIfFailed(`Running the SavedModel for ${outputNames.join(", ")}`);
    return [...outputs] as Pointer<"TF_Tensor">[];
  }

  delete(id: number): void {
    const { session, graph } = this.#get(id);
    this.#tensorflow.TF_DeleteSession(session, this.#status.pointer);
    this.#status.throwIfFailed("Deleting a SavedModel");
    this.#tensorflow.TF_DeleteGraph(graph);
    this.#models.delete(id);
  }

  dispose(): void {
    for (const id of [...this.#models.keys()]) this.delete(id);
  }

  #get(id: number): LoadedModel {
    const model = this.#models.get(id);
    if (!model) throw new Error(`There is no SavedModel ${id}; it was never loaded, or has been deleted.`);
    return model;
  }

  /** `TF_Output[]`: pairs of operation and index, 16 bytes each. */
  #graphTensors(graph: Pointer<"TF_Graph">, names: readonly string[]): BigUint64Array {
    return BigUint64Array.from(
      names.flatMap((name) => {
        const [operationName = name, index = "0"] = name.split(":");
        const operation = this.#tensorflow.TF_GraphOperationByName(graph, operationName);
        if (!operation) throw new Error(`The SavedModel's graph has no operation "${operationName}" (asked for "${name}").`);
        return [operation, BigInt(index)];
      }),
    );
  }
}
