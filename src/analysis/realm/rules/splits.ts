import { namedArrays } from "../../../dsl/arrayColumns";
import { isShaped } from "../../../dsl/arrayData";
import type { DataSet, DataTransform } from "../../../dsl/data";
import { splitProblem, takenBy } from "../../../dsl/splitting";
import { proposal, set } from "./edits";
import type { Rule, Violation } from "./rule";

type Split = Extract<DataTransform, { kind: "split" }>;
type Finding = Omit<Violation, "model">;

/** A share that leaves most samples to train on. */
const USUAL = "0.2";

/** Splits that leave no samples in a part, and shares that would take more than there is. */
export const impossibleSplit: Rule = {
  code: "invalid-argument",
  *check({ plans }) {
    for (const { plan } of plans) {
      for (const finding of findingsIn(plan.options.data)) yield { ...finding, model: plan.model };
    }
  },
};

function* findingsIn(data: DataSet): Iterable<Finding> {
  let samples = samplesOf(data);
  for (const step of stepsOf(data)) {
    const transform = step.transforms.at(-1);
    if (transform?.kind === "take" && samples !== undefined) samples = Math.min(samples, transform.count);
    if (transform?.kind !== "split") continue;
    const sum = (transform.validation ?? 0) + (transform.test ?? 0);
    if (areShares(transform) && sum >= 1) {
      yield {
        subject: step,
        message: `split({ validation: ${transform.validation}, test: ${transform.test} }) takes more than there is: the shares add up to ${Number(sum.toPrecision(6))}. The test part is taken first and the validation part from what it leaves, so that the parts are not what the shares say. Give shares that add up to less than 1.`,
        severity: "warning",
      };
    }
    for (const part of ["test", "validation"] as const) {
      const amount = transform[part];
      if (samples === undefined || amount === undefined || (part === "test" && data.description.hasTest === true)) continue;
      const problem = splitProblem(titleOf(data), part, samples, amount);
      if (problem !== undefined) {
        yield {
          subject: step,
          argument: [part],
          message: problem,
          proposals: samples > 5 ? [proposal(`Change it to ${USUAL}`, set(step, [part], USUAL))] : [],
        };
        return;
      }
      samples -= takenBy(samples, amount);
    }
  }
}

/** The data set after each of its transforms. */
function stepsOf(data: DataSet): DataSet[] {
  return data.base === undefined ? [] : [...stepsOf(data.base), data];
}

function areShares({ validation = 1, test = 1 }: Split): boolean {
  return validation < 1 && test < 1;
}

function samplesOf({ source, description }: DataSet): number | undefined {
  if (description.samples !== undefined) return description.samples;
  const [first] = source.kind === "arrays" ? namedArrays(source.x) : [];
  if (first === undefined) return undefined;
  const [, array] = first;
  return isShaped(array) ? array.shape[0] : array.length;
}

function titleOf({ source }: DataSet): string {
  return source.kind === "named" ? source.name : "arrays({ x, y })";
}
