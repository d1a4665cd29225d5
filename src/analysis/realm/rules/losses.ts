import { byOutput } from "../../../dsl/byOutput";
import type { Plan } from "../../../dsl/plan";
import { formatShape } from "../../../nn/shape";
import type { Proposal } from "../../evaluation";
import { append, proposal, safeProposal, set } from "./edits";
import { labelRange, type Labels } from "./knownData";
import { BINARY_LOSSES, CLASS_LOSSES, ONE_HOT_LOSSES, REGRESSION_LOSSES } from "./lossKinds";
import { type OutputHead, type PlannedLoss, setActivation } from "./outputHeads";
import type { Declared, PlanView, Rule, Violation } from "./rule";
import { Dense } from "../../../nn/layers/dense";

export type CheckedHead = OutputHead & { readonly loss: PlannedLoss };

/** A rule that looks at each output with its loss. */
export function outputRule(
  code: Rule["code"],
  check: (head: CheckedHead, view: PlanView, declared: Declared) => Iterable<Violation>,
): Rule {
  return {
    code,
    *check(declared) {
      for (const view of declared.plans) {
        for (const head of view.heads) {
          if (head.loss !== undefined) yield* check({ ...head, loss: head.loss }, view, declared);
        }
      }
    },
  };
}

/** Gives one output another loss. Where one was given for all, the others keep it. */
function setLoss(plan: Plan, { loss, name: output }: CheckedHead, name: string): ReturnType<typeof set> {
  const { outputNames } = plan.model;
  if (outputNames.length < 2 || loss.path.length > 1) return set(plan, loss.path, JSON.stringify(name));
  const given = typeof plan.options.loss === "string" ? plan.options.loss : loss.name;
  return set(
    plan,
    loss.path,
    byOutput(outputNames, (other) => JSON.stringify(other === output ? name : given)),
  );
}

function changeLoss(plan: Plan, head: CheckedHead, name: string, isSafe = false): Proposal {
  const make = isSafe ? safeProposal : proposal;
  return make(`Change the loss to "${name}"`, setLoss(plan, head, name));
}

function changeActivation(head: OutputHead, name: string): Proposal[] {
  const edits = setActivation(head, name);
  return edits.length === 0 ? [] : [proposal(`Change the output's activation to "${name}"`, ...edits)];
}

export const lossActivationMismatch = outputRule("loss-activation-mismatch", function* (head, { plan }) {
  const problem = activationProblem(head, plan);
  if (problem === undefined) return;
  yield { subject: plan, argument: [...head.loss.path], model: plan.model, ...problem };
});

function activationProblem(head: CheckedHead, plan: Plan): Pick<Violation, "message" | "proposals"> | undefined {
  const { activation, units, loss, labels } = head;
  if (loss.takesLogits && activation !== undefined && PROBABILITIES.includes(activation))
    return appliedTwice(head, plan, activation);
  const takesClasses = CLASS_LOSSES.includes(loss.name);
  const takesBinary = BINARY_LOSSES.includes(loss.name);
  // An activation of the user's own may do anything.
  if (activation === undefined || !(takesClasses || takesBinary)) return undefined;
  if (takesClasses && units === 1 && activation !== "softmax") {
    const withSigmoid = [...(activation === "sigmoid" ? [] : setActivation(head, "sigmoid"))];
    return {
      message: `${loss.name} chooses among classes by one unit each, and the output ${head.name} has a single unit. For two classes use the loss "binaryCrossentropy" with a sigmoid; for more give the output one unit for each class.`,
      proposals: [proposal(`Change the loss to "binaryCrossentropy"`, setLoss(plan, head, "binaryCrossentropy"), ...withSigmoid)],
    };
  }
  // Logits are right where the loss was told so.
  if (activation === "linear" && !loss.takesProbabilities) return undefined;
  if (takesClasses && !["softmax", "logSoftmax", "sparsemax"].includes(activation) && units > 1) {
    const binary = activation === "sigmoid" && ONE_HOT_LOSSES.includes(loss.name);
    return {
      message: `${loss.name} takes probabilities that sum to 1 over the ${units} classes, which softmax gives; the output ${head.name} has ${described(activation)}.`,
      proposals: [...changeActivation(head, "softmax"), ...(binary ? [changeLoss(plan, head, "binaryCrossentropy")] : [])],
    };
  }
  if (takesBinary && activation === "softmax" && units > 1) {
    const classLoss = isClassNumber(labels) ? "sparseCategoricalCrossentropy" : "categoricalCrossentropy";
    return {
      message: `${loss.name} judges each of the ${units} units for itself, as independent yes or no; softmax makes them shares of one choice. For one class out of ${units} use "${classLoss}", for independent labels a sigmoid.`,
      proposals: [changeLoss(plan, head, classLoss), ...changeActivation(head, "sigmoid")],
    };
  }
  if (takesBinary && !["softmax", "sigmoid", "hardSigmoid", "sparseSigmoid"].includes(activation)) {
    return {
      message: `${loss.name} takes probabilities between 0 and 1, which sigmoid gives; the output ${head.name} has ${described(activation)}.`,
      proposals: changeActivation(head, "sigmoid"),
    };
  }
  return undefined;
}

/** Activations after which there are probabilities, not logits. */
const PROBABILITIES = ["softmax", "sigmoid", "logSoftmax", "sparsemax", "hardSigmoid", "sparseSigmoid"];

function appliedTwice(head: CheckedHead, plan: Plan, activation: string): Pick<Violation, "message" | "proposals"> {
  const { loss, name } = head;
  return {
    message: `${loss.name} with fromLogits: true applies ${BINARY_LOSSES.includes(loss.name) ? "a sigmoid" : "softmax"} itself; the output ${name} has ${described(activation)} already, so that it would be applied twice. Leave one of them out.`,
    proposals: [changeLoss(plan, head, loss.name), ...changeActivation(head, "linear")],
  };
}

function described(activation: string): string {
  return activation === "linear" ? "no activation" : `the activation ${activation}`;
}

export const lossLabelMismatch = outputRule("loss-label-mismatch", function* (head, { plan }) {
  const { loss, labels, units } = head;
  const at = { subject: plan, argument: [...loss.path], model: plan.model } as const;
  if (loss.name === "sparseCategoricalCrossentropy" && labels?.kind === "oneHot" && labels.width > 1) {
    yield {
      ...at,
      message: `sparseCategoricalCrossentropy takes class numbers such as 3; the data's labels are one-hot vectors of length ${labels.width}. For these use "categoricalCrossentropy".`,
      proposals: [changeLoss(plan, head, "categoricalCrossentropy", true)],
    };
  } else if (ONE_HOT_LOSSES.includes(loss.name) && (labels?.kind === "classNumbers" || labels?.kind === "number") && units > 1) {
    const { classes = units, everyPlace = false } = labels.kind === "classNumbers" ? labels : {};
    const isDeclared = labels.kind === "classNumbers" && labels.classes !== undefined;
    const received =
      labels.kind === "number" ? "one number each" : `class numbers${isDeclared ? ` from 0 to ${classes - 1}` : ""}`;
    yield {
      ...at,
      message: `${loss.name} takes one-hot vectors of length ${units}; the data's labels are ${received}. For these use "sparseCategoricalCrossentropy", or turn them into vectors with .oneHot(${classes}).`,
      proposals: [
        changeLoss(plan, head, "sparseCategoricalCrossentropy", loss.name === "categoricalCrossentropy"),
        ...(everyPlace ? [] : [proposal(`Add .oneHot(${classes}) to the data`, append(plan, ["data"], `.oneHot(${classes})`))]),
      ],
    };
  }
});

export const outputUnitsMismatch = outputRule("output-units-mismatch", function* (head, { plan }) {
  const { layer, units, loss, labels } = head;
  const expected = expectedUnits(head);
  if (expected === undefined || labels === undefined || loss.name === "custom") return;
  const counted = labels.kind === "classNumbers" ? countedClasses(labels, expected) : `vectors of length ${expected}`;
  const surplus = loss.name === "sparseCategoricalCrossentropy" && units > expected;
  const isBinary = BINARY_LOSSES.includes(loss.name) && labels.kind === "classNumbers";
  const isDeclared = labels.kind !== "classNumbers" || labels.classes !== undefined;
  const mayBeMore = !isDeclared && labels.seen?.all === false;
  const proposals = isBinary ? [asClasses(head, plan, expected)] : mayBeMore ? [] : [unitsTo(head, expected, isDeclared)];
  yield {
    subject: layer ?? plan,
    ...(layer instanceof Dense ? { argument: [0] } : layer === undefined ? { argument: [...loss.path] } : {}),
    ...(surplus && { severity: "warning" as const }),
    message: `The output ${head.name} has shape ${formatShape(head.shape)}, so ${units} ${units === 1 ? "unit" : "units"}; the data's labels are ${counted}. ${isBinary ? `${loss.name} tells two classes apart; for ${expected} give the output ${expected} units with softmax, and the loss "sparseCategoricalCrossentropy".` : `Give the last layer ${mayBeMore ? "at least " : ""}${expected} units.`}`,
    model: plan.model,
    proposals: proposals.flat(),
  };
});

/** Class numbers begin with 0: where the greatest was only seen, it may also be that they were counted from 1. */
function countedClasses({ classes, seen }: Labels & { kind: "classNumbers" }, expected: number): string {
  if (classes !== undefined) return `${expected} classes`;
  const atLeast = seen?.all === false ? "at least " : "";
  return `class numbers up to ${atLeast}${expected - 1}, which makes ${atLeast}${expected} classes, from 0 on (if yours begin with 1, subtract it)`;
}

/** How many units the labels want, where it is another number than there are. */
function expectedUnits({ units, shape, loss, labels }: CheckedHead): number | undefined {
  if (labels === undefined || labels.kind === "number") return undefined;
  if (labels.kind !== "classNumbers") {
    const isVector = labels.width > 1 && shape.length === 2 && loss.name !== "sparseCategoricalCrossentropy";
    return isVector && units !== labels.width ? labels.width : undefined;
  }
  const { classes, seen } = labels;
  if (BINARY_LOSSES.includes(loss.name)) return classes !== undefined && classes > 2 && units === 1 ? classes : undefined;
  if (!CLASS_LOSSES.includes(loss.name) || units === 1)
    return units === 1 && classes !== undefined && CLASS_LOSSES.includes(loss.name) ? classes : undefined;
  if (classes !== undefined) return units === classes ? undefined : classes;
  return seen !== undefined && units < seen.classes ? seen.classes : undefined;
}

function unitsTo({ layer }: OutputHead, units: number, isSafe: boolean): Proposal[] {
  const make = isSafe ? safeProposal : proposal;
  return layer instanceof Dense ? [make(`Change units to ${units}`, set(layer, [0], String(units)))] : [];
}

function asClasses(head: CheckedHead, plan: Plan, classes: number): Proposal[] {
  if (!(head.layer instanceof Dense)) return [];
  const edits = [
    set(head.layer, [0], String(classes)),
    ...setActivation(head, "softmax"),
    setLoss(plan, head, "sparseCategoricalCrossentropy"),
  ];
  return [proposal(`Change to ${classes} units with softmax and "sparseCategoricalCrossentropy"`, ...edits)];
}

export const regressionLossForClasses = outputRule("regression-loss-for-classes", function* (head, { plan }) {
  const { loss, labels, activation, units, name } = head;
  if (!REGRESSION_LOSSES.includes(loss.name) || !answersWithClass(head)) return;
  // Numbers beyond 0 and 1 are no shares of classes: then the softmax is what is wrong.
  const range = labels?.kind === "values" ? labelRange(plan.options.data, name) : undefined;
  if (range !== undefined && (range.least < 0 || range.greatest > 1)) return;
  const better = classLossFor(labels, activation, units);
  yield {
    subject: plan,
    argument: [...loss.path],
    message: `${loss.name} measures how far a number is off, but the ${labels?.kind === "classNumbers" || labels?.kind === "oneHot" ? "labels are classes" : "output is a choice among classes"}. With ${activation === "softmax" || activation === "sigmoid" ? `${activation}, its gradient vanishes just where the network is most wrong` : "classes, the distance between their numbers means nothing"}; use "${better}".`,
    model: plan.model,
    proposals: [changeLossAndActivation(plan, head, better)],
  };
});

/** A loss for classes, with the activation that it wants. */
export function changeLossAndActivation(plan: Plan, head: CheckedHead, loss: string): Proposal {
  const wanted = BINARY_LOSSES.includes(loss) ? "sigmoid" : "softmax";
  if (head.activation === wanted) return changeLoss(plan, head, loss);
  return proposal(
    `Change the loss to "${loss}" and the activation to "${wanted}"`,
    setLoss(plan, head, loss),
    ...setActivation(head, wanted),
  );
}

export function answersWithClass({ labels, activation, units }: OutputHead): boolean {
  if (activation === "softmax" && units > 1) return true;
  if (labels?.kind === "oneHot") return activation === "sigmoid";
  if (labels?.kind !== "classNumbers") return false;
  return labels.classes !== undefined || (activation === "sigmoid" && units === 1 && (labels.seen?.classes ?? 0) <= 2);
}

function classLossFor(labels: Labels | undefined, activation: string | undefined, units: number): string {
  if (units === 1 || (activation === "sigmoid" && !isClassNumber(labels))) return "binaryCrossentropy";
  return isClassNumber(labels) ? "sparseCategoricalCrossentropy" : "categoricalCrossentropy";
}

/** Whether a label that stands for a class is its number: a vector of them it is not. */
function isClassNumber(labels: Labels | undefined): boolean {
  return labels?.kind === "classNumbers" || labels?.kind === "number";
}
