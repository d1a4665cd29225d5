import * as z from "zod/mini";
import { Diagnostic, LayerProperties, LayerReferences, Shapes } from "./analysis";

const { shape: properties } = LayerProperties;
const { shape: references } = LayerReferences;

const NetworkLayerFields = z.object({
  name: references.name,
  type: properties.type,
  inputShape: Shapes,
  outputShape: Shapes,
  params: properties.params,
  flops: properties.flops,
  derivation: properties.derivation,
  inbound: references.inbound,
  file: z.nullable(z.string()),
  line: z.nullable(z.number()),
  column: z.nullable(z.number()),
  /** Its numbers are held back because the learner is still to predict them: they are null. */
  hidden: z.boolean(),
  /** The gravest diagnostic at its call. */
  problem: z.nullable(z.pick(Diagnostic, { severity: true, message: true })),
});

/** A layer as it is drawn; a nested model has layers of its own. */
export type NetworkLayer = z.infer<typeof NetworkLayerFields> & { layers?: NetworkLayer[] | undefined };
export const NetworkLayer: z.ZodMiniType<NetworkLayer> = z.extend(NetworkLayerFields, {
  layers: z.optional(z.array(z.lazy(() => NetworkLayer))),
});

/** A model as it is drawn: no more than the reader may see. */
export const Network = z.object({
  name: z.string(),
  /** Tells it apart from other models of its name. */
  key: z.string(),
  layers: z.array(NetworkLayer),
  /** Totals, null where unknown or {@link Network.hidden}. */
  params: z.nullable(z.number()),
  flops: z.nullable(z.number()),
  /** Numbers of some layers are held back, and with them all from which they could be told. */
  hidden: z.boolean(),
  /** From an earlier analysis: the file has not compiled since. */
  stale: z.boolean(),
});
export type Network = z.infer<typeof Network>;

/** By what the diagram's nodes are sized. */
export const NodeSize = z.enum(["params", "flops"]);
export type NodeSize = z.infer<typeof NodeSize>;

/** What the page keeps over its own end: VS Code throws a hidden page away. */
export const DiagramState = z.object({
  size: NodeSize,
  zoom: z.number().check(z.positive()),
  /** Groups that the reader opened or closed, by model and id. */
  open: z.record(z.string(), z.boolean()),
});
export type DiagramState = z.infer<typeof DiagramState>;

export const ImageFormat = z.enum(["svg", "png"]);
export type ImageFormat = z.infer<typeof ImageFormat>;
