import { dispose, keep, type Tensor } from "@tensorflow/tfjs-core";
import { type Execution, prepare } from "./execution";
import { expectClose } from "./expectClose";
import type { Computation, ParityCase } from "./parityCase";

/** Cases that run as one function, when the first of them is checked. */
export class Batch {
  private results: ReadonlyMap<ParityCase, () => void> | undefined;

  constructor(
    private readonly execution: Execution,
    private readonly cases: readonly ParityCase[],
  ) {}

  /** @throws an assertion error where a case's results are not Keras's. */
  check(parityCase: ParityCase): void {
    this.results ??= this.run();
    const check = this.results.get(parityCase);
    if (check === undefined) throw new Error(`${parityCase.name} is not of this batch.`);
    check();
  }

  private run(): ReadonlyMap<ParityCase, () => void> {
    try {
      return runTogether(this.execution, this.cases);
    } catch (error) {
      if (this.cases.length === 1) throw error;
      // One at a time, so that the error is that of its case.
      return new Map(this.cases.map((each) => [each, () => runTogether(this.execution, [each]).get(each)?.()]));
    }
  }
}

function runTogether(execution: Execution, cases: readonly ParityCase[]): Map<ParityCase, () => void> {
  const computations = cases.map(({ make }) => make());
  const inputs = computations.flatMap((computation) => computation.inputs);
  const counts: number[] = [];
  const step = (given: readonly Tensor[]): Tensor[] => {
    const rest = [...given];
    const outputs = computations.map((computation) => computation.compute(rest.splice(0, computation.inputs.length)));
    outputs.forEach((each, index) => (counts[index] = each.length));
    return outputs.flat();
  };
  const prepared = prepare(execution, step, inputs);
  try {
    // What a computation hands through is disposed with its inputs.
    const results = prepared.run(inputs).map((result) => keep(inputs.includes(result) ? result.clone() : result));
    return new Map(
      computations.map((computation, index) => {
        const own = results.splice(0, counts[index]);
        return [cases[index] as ParityCase, () => checkResults(computation, own)];
      }),
    );
  } finally {
    prepared.dispose();
    dispose([...inputs]);
  }
}

function checkResults({ expected }: Computation, results: readonly Tensor[]): void {
  if (results.length !== expected.length) throw new Error(`There are ${results.length} results; expected ${expected.length}.`);
  results.forEach((result, index) => expectClose(result, expected[index]!));
  dispose([...results]);
}
