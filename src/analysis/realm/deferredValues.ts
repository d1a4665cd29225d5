import {
  type backend_util,
  type DataType,
  type KernelFunc,
  type NamedAttrMap,
  type TensorInfo,
  tidy,
} from "@tensorflow/tfjs-core";

type Values = backend_util.BackendValues;

/** A tensor's data as tfjs's CPU backend keeps them. */
interface TensorData {
  readonly values?: Values | undefined;
  readonly dtype: DataType;
  refCount: number;
}

/** Of tfjs's CPU backend what is used here. */
export interface CpuBackend {
  readonly data: {
    has(dataId: object): boolean;
    get(dataId: object): TensorData;
    set(dataId: object, data: TensorData): void;
    delete(dataId: object): boolean;
  };
}

/** What a kernel takes: tensors by name, of which some may be left out, or a list of them. */
export type KernelInputs = Readonly<Record<string, TensorInfo | null | undefined>> | readonly TensorInfo[];

/** A kernel's run that has not happened yet. */
export class DeferredRun {
  /** Tensors may be disposed of before somebody reads what is computed from them: their data are held here. */
  operands: readonly TensorData[];
  private results: readonly (Values | undefined)[] | undefined;

  constructor(
    private readonly kernel: KernelFunc,
    private inputs: KernelInputs,
    private readonly attrs: NamedAttrMap | undefined,
    private readonly backend: CpuBackend,
  ) {
    this.operands = Object.values(inputs).flatMap((input) => (input ? backend.data.get(input.dataId) : []));
  }

  /** The values of one of the results. */
  valuesOf(result: number): Values | undefined {
    this.runAll();
    return this.results?.[result];
  }

  /** Without recursion: the runs that lead to one may be thousands. */
  private runAll(): void {
    const waiting: DeferredRun[] = [this];
    for (let run = waiting.at(-1); run !== undefined; run = waiting.at(-1)) {
      const missing = run.missing();
      if (missing.length > 0) {
        waiting.push(...missing);
      } else {
        run.run();
        waiting.pop();
      }
    }
  }

  /** The runs whose results this one reads and that have not happened either. */
  private missing(): DeferredRun[] {
    const runs = this.operands.flatMap((data) => (data instanceof DeferredData ? [data.run] : []));
    return runs.filter(({ results }) => results === undefined);
  }

  private run(): void {
    if (this.results !== undefined) return;
    const { data } = this.backend;
    const operands = this.operands.map(({ values, dtype }) => ({ values, dtype, refCount: 1 }));
    const aliases: object[] = [];
    const alias = (input: TensorInfo): TensorInfo => {
      const dataId = {};
      data.set(dataId, operands[aliases.length] as TensorData);
      aliases.push(dataId);
      return { ...input, dataId };
    };
    const inputs = Array.isArray(this.inputs)
      ? (this.inputs as readonly TensorInfo[]).map(alias)
      : Object.fromEntries(Object.entries(this.inputs).map(([name, input]) => [name, input ? alias(input) : input]));
    // Some kernels make tensors of their results.
    tidy(() => {
      const outputs = [this.kernel({ inputs: inputs as never, backend: this.backend, attrs: this.attrs })].flat();
      this.results = outputs.map(({ dataId }) => data.get(dataId).values);
      for (const dataId of [...outputs.map((output) => output.dataId), ...aliases]) if (data.has(dataId)) data.delete(dataId);
    });
    this.operands = [];
    this.inputs = [];
  }
}

/** A tensor's data, computed as soon as they are read. */
export class DeferredData implements TensorData {
  refCount = 1;

  constructor(
    readonly run: DeferredRun,
    private readonly result: number,
    readonly dtype: DataType,
  ) {}

  get values(): Values | undefined {
    return this.run.valuesOf(this.result);
  }
}
