import type { Plan } from "../../../dsl/plan";
import type { Layer } from "../../../nn/layer";
import { Bidirectional } from "../../../nn/layers/bidirectional";
import { Recurrent } from "../../../nn/layers/recurrent";
import { Sequential } from "../../../nn/sequential";
import { formatShape, type Shape, sizeOf } from "../../../nn/shape";
import type { SymbolicTensor } from "../../../nn/symbolic";
import { append, insertBefore, proposal, safeProposal, set } from "./edits";
import { inputMagnitude, sampleShapeOf, typedInput } from "./knownData";
import { activationAfter, isKernelLayer, isPassive } from "./layerKinds";
import type { PlanView, Rule, Subject } from "./rule";
import type { ArgumentPath } from "../../evaluation";

/** Activations that are flat for large values: their gradient is almost 0 there. */
const SATURATING = ["tanh", "sigmoid", "hardSigmoid", "hardTanh", "softsign"];
/** Inputs beyond this saturate a unit with weights of usual size. */
const LARGE_INPUT = 10;

export const unscaledInputs: Rule = {
  code: "unscaled-inputs",
  *check({ plans }) {
    for (const view of plans) {
      for (const [input, name, only] of inputsOf(view)) {
        const { plan } = view;
        const saturated = firstSaturating(view, input);
        // Looking through all values takes long.
        const seen = saturated === undefined ? undefined : inputMagnitude(plan.options.data, name);
        if (saturated === undefined || seen === undefined || seen.magnitude <= LARGE_INPUT) continue;
        const greatest = Number(seen.magnitude.toPrecision(3));
        const factor = `1 / ${greatest}`;
        yield {
          subject: plan,
          argument: ["data"],
          message: `The inputs go up to ${seen.all ? "" : "at least "}${greatest}, and ${saturated.layer} applies ${saturated.activation}, which is flat beyond about ±3: its gradient vanishes and it hardly learns. Scale the data with .scale(${factor}) or .standardize().`,
          model: plan.model,
          proposals: only
            ? [
                proposal(`Add .scale(${factor}) to the data`, append(plan, ["data"], `.scale(${factor})`)),
                proposal("Add .standardize() to the data", append(plan, ["data"], ".standardize()")),
              ]
            : [],
        };
      }
    }
  },
};

export function inputsOf({ plan: { model } }: PlanView): [input: SymbolicTensor, name: string, isOnly: boolean][] {
  return model.inputs.map((input, index) => [input, model.inputNames[index] ?? "", model.inputs.length === 1]);
}

export function firstSaturating({ graph }: PlanView, input: SymbolicTensor): { layer: string; activation: string } | undefined {
  for (const node of graph.reached(input, isPassive)) {
    const { layer } = node;
    if (layer instanceof Recurrent || layer instanceof Bidirectional)
      return { layer: layer.name, activation: "tanh and sigmoid" };
    const applied = isKernelLayer(layer) ? activationAfter(graph, node) : undefined;
    if (applied !== undefined && SATURATING.includes(applied.name)) return { layer: layer.name, activation: applied.name };
  }
  return undefined;
}

interface RateScale {
  readonly greatest: number;
  readonly usual: number;
}

/** Learning rates beyond which training usually diverges. Adadelta and Adagrad scale their steps themselves. */
const RATE_SCALES: Readonly<Record<string, RateScale>> = {
  sgd: { greatest: 1, usual: 0.01 },
  rmsprop: { greatest: 0.1, usual: 0.001 },
  adam: { greatest: 0.1, usual: 0.001 },
  adamW: { greatest: 0.1, usual: 0.001 },
  adamax: { greatest: 0.2, usual: 0.002 },
  nadam: { greatest: 0.1, usual: 0.001 },
  lion: { greatest: 0.01, usual: 0.0001 },
  ftrl: { greatest: 2, usual: 0.001 },
  adagrad: { greatest: 2, usual: 0.01 },
  adadelta: { greatest: 10, usual: 1 },
};
/** Below this a weight does not move noticeably in any training of usual length. */
const LEAST_RATE = 1e-7;
/** Where schedules are looked at, in steps. */
const LOOKED_AT = [0, 1, 10, 100, 1_000, 10_000, 100_000];

export const learningRateScale: Rule = {
  code: "learning-rate-scale",
  *check({ plans }) {
    for (const { plan } of plans) {
      const { optimizer } = plan;
      const scale = Object.hasOwn(RATE_SCALES, optimizer.name) ? RATE_SCALES[optimizer.name] : undefined;
      const greatest = Math.max(...LOOKED_AT.map((step) => optimizer.learningRateAt(step)));
      if (scale === undefined || Number.isNaN(greatest) || (greatest <= scale.greatest && greatest >= LEAST_RATE)) continue;
      const isConstant = typeof optimizer.learningRate === "number";
      const consequence =
        greatest > scale.greatest
          ? "steps of this size jump over the minimum, and the loss usually grows or becomes NaN"
          : greatest === 0
            ? "nothing is learned"
            : "the weights hardly move";
      yield {
        subject: plan,
        argument: ["optimizer", "learningRate"],
        message: `A learning rate of ${greatest} for ${optimizer.name}: ${consequence}. Usual are values around ${scale.usual}.`,
        model: plan.model,
        proposals: isConstant
          ? [
              proposal(
                `Change the learning rate to ${scale.usual}`,
                set(plan, ["optimizer", "learningRate"], String(scale.usual)),
              ),
            ]
          : [],
      };
    }
  },
};

export const dataShapeMismatch: Rule = {
  code: "data-shape-mismatch",
  *check({ plans }) {
    for (const view of plans) {
      for (const [input, name] of inputsOf(view)) {
        const { plan } = view;
        const expected = input.shape?.slice(1);
        const received = sampleShapeOf(plan.options.data, name);
        if (expected === undefined || received === undefined || fits(received, expected)) continue;
        const { subject, argument } = shapeDeclaration(view, input);
        const text = `[${received.join(", ")}]`;
        yield {
          subject,
          argument,
          message: `The model takes samples of shape ${formatShape(expected)}; ${describeSamples(plan, name, received, expected)}`,
          model: plan.model,
          proposals:
            received.includes(null) || received.length === 0
              ? []
              : [
                  safeProposal(`Set the input shape to ${text}`, set(subject, argument, text)),
                  ...adapting(view, input, expected, received).map(({ layer, adapter }) =>
                    safeProposal(
                      `Set the input shape to ${text} and insert ${adapter}`,
                      set(subject, argument, text),
                      insertBefore(layer, adapter),
                    ),
                  ),
                ],
        };
      }
    }
  },
};

/** A typed array alone is easily taken for the samples that it holds the values of. */
function describeSamples({ options: { data } }: Plan, name: string, received: Shape, expected: Shape): string {
  if (received.length > 0)
    return `the data's have shape ${formatShape(received)}. Give the input the data's shape, and flatten or reshape after it.`;
  const length = typedInput(data, name);
  if (length === undefined) return "the data's are one number each. Give every sample as many as the input takes.";
  const size = sizeOf(expected);
  const samples = size !== null && length % size === 0 ? String(length / size) : "samples";
  return `a typed array has one number for each. Give its values their shape: { values, shape: [${[samples, ...expected.map((dimension) => dimension ?? "?")].join(", ")}] }.`;
}

/** The layer that gives the data's values the shape that the model was written for, before the one that takes them. */
function adapting(
  { graph }: PlanView,
  input: SymbolicTensor,
  expected: Shape,
  received: Shape,
): { layer: Layer; adapter: string }[] {
  const [first, ...others] = graph.consumersOf(input);
  if (first === undefined || others.length > 0) return [];
  const adapter = expected.length === 1 ? "layers.flatten()" : `layers.reshape([${expected.join(", ")}])`;
  return sizeOf(expected) !== null && sizeOf(expected) === sizeOf(received) ? [{ layer: first.layer, adapter }] : [];
}

/** As the trainer aligns data with a model: a last dimension of 1 may be missing on either side. */
function fits(received: Shape, expected: Shape): boolean {
  const alike = (shape: Shape): boolean =>
    shape.length === expected.length &&
    shape.every((size, axis) => size === null || expected[axis] === null || expected[axis] === size);
  return alike(received) || alike([...received, 1]) || (received.at(-1) === 1 && alike(received.slice(0, -1)));
}

function shapeDeclaration({ plan: { model } }: PlanView, input: SymbolicTensor): { subject: Subject; argument: ArgumentPath } {
  if (!(model instanceof Sequential)) return { subject: input.node.layer, argument: ["shape"] };
  const [first] = model.layers;
  return { subject: first?.declaredInputShape === undefined ? model : first, argument: ["inputShape"] };
}
