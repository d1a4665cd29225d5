import type { DataSet } from "../../../dsl/data";
import type { SymbolicTensor } from "../../../nn/symbolic";
import type { Proposal } from "../../evaluation";
import { append, proposal, set } from "./edits";
import { inputMagnitude } from "./knownData";
import { activationAfter, isKernelLayer, isPassive, learnsFromValues } from "./layerKinds";
import type { PlanView, Rule, Violation } from "./rule";
import { firstSaturating, inputsOf } from "./training";

/** Activations that pass large values on at full size. */
const UNBOUNDED = ["relu", "leakyRelu", "elu", "gelu", "silu", "mish", "selu", "softplus"];
/** Beyond this the first steps of plain gradient descent usually overshoot. */
const LARGE_INPUT = 100;
/** A learning rate below this may have been chosen for inputs of that size. */
const USUAL_RATE = 0.001;
/** No data are meant to be brought to such a size. */
const ABSURD_INPUT = 10_000;

/** Like the inputs that saturate a unit, and with the same code: two more ways in which their size spoils the training. */
export const largeInputs: Rule = {
  code: "unscaled-inputs",
  *check({ plans }) {
    for (const view of plans) {
      for (const [input, name, isOnly] of inputsOf(view)) {
        const taker = firstSaturating(view, input) === undefined ? firstTaker(view, input) : undefined;
        const problem = taker === undefined ? undefined : problemOf(view, taker, name, isOnly);
        if (problem !== undefined) yield { subject: view.plan, argument: ["data"], model: view.plan.model, ...problem };
      }
    }
  },
};

interface Taker {
  readonly layer: string;
  /** Undefined for a layer with several. */
  readonly activation: string | undefined;
}

function firstTaker({ graph }: PlanView, input: SymbolicTensor): Taker | undefined {
  for (const node of graph.reached(input, isPassive)) {
    const { layer } = node;
    if (!learnsFromValues(layer)) continue;
    return { layer: layer.name, activation: isKernelLayer(layer) ? activationAfter(graph, node)?.name : undefined };
  }
  return undefined;
}

function problemOf(
  { plan }: PlanView,
  { layer, activation }: Taker,
  input: string,
  isOnly: boolean,
): Pick<Violation, "message" | "proposals"> | undefined {
  const { data } = plan.options;
  const factor = enlargingFactor(data);
  const isSuspicious = factor !== undefined || (overshoots(plan) && activation !== undefined && UNBOUNDED.includes(activation));
  // Looking through all values takes long.
  const seen = isSuspicious ? inputMagnitude(data, input) : undefined;
  if (seen === undefined) return undefined;
  const greatest = Number(seen.magnitude.toPrecision(factor === undefined ? 3 : 6));
  const reach = `The inputs go up to ${seen.all ? "" : "at least "}${greatest}`;
  if (factor !== undefined && seen.magnitude > ABSURD_INPUT) {
    return {
      message: `${reach}, for .scale(${factor}) multiplies them. To bring them to numbers around 1, divide: .scale(1 / ${factor}).`,
      proposals: isOnly ? dividing(plan, factor) : [],
    };
  }
  if (factor !== undefined || seen.magnitude <= LARGE_INPUT) return undefined;
  return {
    message: `${reach}, and ${layer} passes them on at that size through ${activation ?? ""}: the first steps of sgd are as large, so that units die or the loss becomes NaN. Scale the data with .scale(1 / ${greatest}) or .standardize().`,
    proposals: isOnly
      ? [
          proposal(`Add .scale(1 / ${greatest}) to the data`, append(plan, ["data"], `.scale(1 / ${greatest})`)),
          proposal("Add .standardize() to the data", append(plan, ["data"], ".standardize()")),
        ]
      : [],
  };
}

/** Whether nothing holds the steps of plain gradient descent at bay. */
function overshoots({ optimizer, options }: PlanView["plan"]): boolean {
  return optimizer.name === "sgd" && options.clipNorm === undefined && optimizer.learningRateAt(0) >= USUAL_RATE;
}

function enlargingFactor({ transforms }: DataSet): number | undefined {
  const scale = transforms.findLast(({ kind }) => kind === "scale");
  return scale?.kind === "scale" && Math.abs(scale.factor) > 1 ? scale.factor : undefined;
}

/** Where the scale is written last, its argument is that of the data's own call. */
function dividing(plan: PlanView["plan"], factor: number): Proposal[] {
  if (plan.options.data.transforms.at(-1)?.kind !== "scale") return [];
  return [proposal(`Scale by 1 / ${factor} instead`, set(plan, ["data", 0], `1 / ${factor}`))];
}
