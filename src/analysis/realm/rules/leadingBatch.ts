import { declarations } from "../../../nn/declarations";
import type { ModelError } from "../../../nn/errors";
import type { Layer } from "../../../nn/layer";
import { Sequential } from "../../../nn/sequential";
import { isShapeList, type Shape } from "../../../nn/shape";
import type { Node } from "../../../nn/symbolic";
import type { ArgumentPath, Proposal } from "../../evaluation";
import { proposal, set } from "./edits";

/** An input whose declared shape may name the batch, as TensorFlow's shapes do. */
interface WithBatch {
  /** What declares it. */
  readonly subject: Layer;
  readonly argument: ArgumentPath;
  /** The shape without the batch. */
  readonly sample: Shape;
}

/** Begins with a space; empty where no batch was declared. */
export function adviceOnBatch(error: ModelError): string {
  const declared = inputWithBatch(error);
  return declared === undefined
    ? ""
    : ` The input's shape begins with null; if that stands for the batch, leave it out: ${textOf(declared.sample)}.`;
}

export function leavingOutBatch(error: ModelError): Proposal[] {
  const declared = inputWithBatch(error);
  if (declared === undefined) return [];
  const { subject, argument, sample } = declared;
  return [proposal(`Set the shape to ${textOf(sample)}, without the batch`, set(subject, argument, textOf(sample)))];
}

function inputWithBatch({ code, layer }: ModelError): WithBatch | undefined {
  let node: Node | undefined = code === "shape-mismatch" ? layer?.inboundNodes.at(-1) : undefined;
  while (node !== undefined && node.inputs.length > 0) node = node.inputs[0]?.node;
  const shape = node?.outputShape ?? null;
  if (node === undefined || shape === null || isShapeList(shape) || shape.length < 3 || shape[1] !== null) return undefined;
  return { ...declarationOf(node), sample: shape.slice(2) };
}

function declarationOf(entry: Node): Pick<WithBatch, "subject" | "argument"> {
  const model = declarations().models.find(
    (candidate) => candidate instanceof Sequential && candidate.inputs.some(({ node }) => node === entry),
  );
  if (!(model instanceof Sequential)) return { subject: entry.layer, argument: ["shape"] };
  const [first] = model.layers;
  return { subject: first?.declaredInputShape === undefined ? model : first, argument: ["inputShape"] };
}

function textOf(shape: Shape): string {
  return `[${shape.map(String).join(", ")}]`;
}
