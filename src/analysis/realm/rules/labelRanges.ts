import { inWords, labelRange, type ValueRange } from "./knownData";
import { answersWithClass, type CheckedHead, outputRule } from "./losses";
import { setActivation } from "./outputHeads";
import { proposal } from "./edits";
import { BINARY_LOSSES, CLASS_LOSSES, REGRESSION_LOSSES } from "./lossKinds";

type Range = readonly [least: number, greatest: number];

/** What an output can say at most, by its activation. */
const RANGES: Readonly<Record<string, Range>> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  hardTanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, Infinity],
  relu6: [0, 6],
  softplus: [0, Infinity],
  exponential: [0, Infinity],
};

/** Labels that are no probabilities, and labels that the output's activation never reaches. */
export const labelRangeMismatch = outputRule("label-range-mismatch", function* (head, { plan }) {
  const { loss, activation = "", name } = head;
  if (CLASS_LOSSES.includes(loss.name) || loss.name === "custom" || hasClassesForNumbers(head)) return;
  const isBinary = BINARY_LOSSES.includes(loss.name);
  const range = isBinary ? ([0, 1] as const) : Object.hasOwn(RANGES, activation) ? RANGES[activation] : undefined;
  const seen = range === undefined ? undefined : labelRange(plan.options.data, name);
  if (range === undefined || seen === undefined || contains(range, seen)) return;
  const labels = `The labels go ${inWords({ ...seen, least: short(seen.least), greatest: short(seen.greatest) })}`;
  yield isBinary
    ? {
        subject: plan,
        argument: [...loss.path],
        message: `${labels}; ${loss.name} takes the probabilities 0 and 1. ${adviceFor(head, seen)}`,
        model: plan.model,
      }
    : {
        subject: head.activationLayer ?? head.layer ?? plan,
        ...(head.activationLayer !== undefined && head.activationLayer === head.layer ? { argument: ["activation"] } : {}),
        message: `${labels}; the output ${name} applies ${activation}, which gives ${range[1] === Infinity ? `no values below ${range[0]}` : `values from ${range[0]} to ${range[1]}`}. Leave the activation out, or scale the labels.`,
        model: plan.model,
        proposals: [proposal("Leave out the output's activation", ...setActivation(head, "linear"))],
      };
});

/** The loss is what is wrong then, which has a diagnostic of its own. */
function hasClassesForNumbers(head: CheckedHead): boolean {
  return REGRESSION_LOSSES.includes(head.loss.name) && head.labels?.kind === "classNumbers" && answersWithClass(head);
}

function contains([from, to]: Range, { least, greatest }: ValueRange): boolean {
  return least >= from && greatest <= to;
}

function adviceFor({ units }: CheckedHead, { least, greatest }: ValueRange): string {
  if (least === -1 && greatest === 1) return 'Write 0 for −1, or use the loss "hinge".';
  return units === 1
    ? 'For more than two classes give the output one unit each, with softmax and "sparseCategoricalCrossentropy"; for a number use "meanSquaredError".'
    : "Write 1 for what holds and 0 for what does not.";
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
