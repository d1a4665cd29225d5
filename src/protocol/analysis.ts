import * as z from "zod/mini";
import { SEVERITIES } from "./diagnosticCodes";

/** 1-based lines and columns; a column counts UTF-16 units. */
export const Position = z.object({ file: z.string(), line: z.number(), column: z.number() });
export type Position = z.infer<typeof Position>;

export const SourceRange = z.object({ line: z.number(), column: z.number(), endLine: z.number(), endColumn: z.number() });
export type SourceRange = z.infer<typeof SourceRange>;

const Dimension = z.nullable(z.number());
const Shape = z.array(Dimension);
/** One shape, a list of them where a layer has several inputs or outputs, or null when unknown. */
export const Shapes = z.nullable(z.union([Shape, z.array(Shape)]));
export type Shapes = z.infer<typeof Shapes>;

/** One factor of a weight's size with its name: `{ value: 784, name: "inputs" }`. The name is empty where the layer gives none. */
export const SizeFactor = z.object({ value: z.number(), name: z.string() });
export type SizeFactor = z.infer<typeof SizeFactor>;

export const WeightSummary = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  trainable: z.boolean(),
  /** Their product is the weight's size. */
  factors: z.array(SizeFactor),
});
export type WeightSummary = z.infer<typeof WeightSummary>;

/** What a layer teaches about itself. */
export const LayerDocumentation = z.object({
  /** One sentence on what the layer computes. */
  summary: z.string(),
  /** The output's formula in LaTeX, x the input and y the output. */
  formula: z.string(),
  /** Keras's page or the paper. */
  source: z.string(),
});
export type LayerDocumentation = z.infer<typeof LayerDocumentation>;

/** What a layer is, wherever it was made and whatever it is called. */
export const LayerProperties = z.object({
  /** Keras's class name. */
  type: z.string(),
  inputShape: Shapes,
  outputShape: Shapes,
  params: z.nullable(z.number()),
  trainable: z.nullable(z.number()),
  nonTrainable: z.nullable(z.number()),
  weights: z.array(WeightSummary),
  /** Bytes of its weights. */
  bytes: z.nullable(z.number()),
  derivation: z.nullable(z.string()),
  /** Floating-point operations of one forward pass of one sample. */
  flops: z.nullable(z.number()),
  /** The place of its documentation in {@link Analysis}; null where the layer has none. */
  documentation: z.nullable(z.number()),
});
export type LayerProperties = z.infer<typeof LayerProperties>;

/** Which layer it is, and which others it depends on. */
export const LayerReferences = z.object({
  name: z.string(),
  /** Names of the layers whose outputs it takes. */
  inbound: z.array(z.string()),
});

const LayerFields = z.extend(LayerProperties, {
  ...LayerReferences.shape,
  file: z.nullable(z.string()),
  line: z.nullable(z.number()),
  column: z.nullable(z.number()),
  /** The end of the call expression: inlay hints stand there. */
  endLine: z.nullable(z.number()),
  endColumn: z.nullable(z.number()),
  /** How many layers of this model came from the same call, e.g. in a loop. */
  times: z.number(),
});

/** One entry per layer instance; a nested model has layers of its own. */
export type LayerSummary = z.infer<typeof LayerFields> & { layers?: LayerSummary[] | undefined };
export const LayerSummary: z.ZodMiniType<LayerSummary> = z.extend(LayerFields, {
  layers: z.optional(z.array(z.lazy(() => LayerSummary))),
});

export const ModelTotals = z.object({
  params: z.nullable(z.number()),
  trainable: z.nullable(z.number()),
  nonTrainable: z.nullable(z.number()),
  /** Bytes of all weights. */
  bytes: z.nullable(z.number()),
  flops: z.nullable(z.number()),
});
export type ModelTotals = z.infer<typeof ModelTotals>;

export const ModelSummary = z.object({
  name: z.string(),
  /** The name under which the file exports it, null if it does not. */
  export: z.nullable(z.string()),
  kind: z.enum(["sequential", "functional"]),
  file: z.nullable(z.string()),
  line: z.nullable(z.number()),
  column: z.nullable(z.number()),
  inputShape: Shapes,
  outputShape: Shapes,
  layers: z.array(LayerSummary),
  totals: ModelTotals,
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const OptimizerSummary = z.object({
  name: z.string(),
  /** What it keeps for each trainable parameter between steps: `momentum`, `velocity`. */
  slots: z.array(z.string()),
});
export type OptimizerSummary = z.infer<typeof OptimizerSummary>;

/** What a plan says, wherever it was made. */
export const PlanProperties = z.object({
  export: z.nullable(z.string()),
  /** The model's name. */
  model: z.string(),
  /** The model's place among the file's, of which several may have one name; −1 where it could not be described. */
  modelIndex: z.number(),
  optimizer: OptimizerSummary,
  batchSize: z.number(),
});

export const PlanSummary = z.extend(PlanProperties, {
  file: z.nullable(z.string()),
  line: z.nullable(z.number()),
  column: z.nullable(z.number()),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

export const Fix = z.object({
  title: z.string(),
  edits: z.array(z.object({ file: z.string(), range: SourceRange, newText: z.string() })),
  /** What the model becomes with it. */
  preview: z.optional(z.object({ params: z.nullable(z.number()) })),
  /** Whether it may be applied unseen: it is what the rest of the file says already. */
  safe: z.optional(z.boolean()),
});
export type Fix = z.infer<typeof Fix>;

/** A fix's title with the parameters that the model then has. */
export function describeFix({ title, preview }: Fix): string {
  const params = preview?.params ?? null;
  return params === null ? title : `${title} (${params.toLocaleString("en-US")} params)`;
}

export const Diagnostic = z.object({
  severity: z.enum(SEVERITIES),
  /** Stable: one of `DIAGNOSTICS`. */
  code: z.string(),
  message: z.string(),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  fixes: z.array(Fix),
});
export type Diagnostic = z.infer<typeof Diagnostic>;

export const DemoSummary = z.object({
  file: z.nullable(z.string()),
  line: z.nullable(z.number()),
  input: z.unknown(),
  output: z.unknown(),
});
export type DemoSummary = z.infer<typeof DemoSummary>;

/** What `layerwise summary --json` prints. */
export const Analysis = z.object({
  models: z.array(ModelSummary),
  plans: z.array(PlanSummary),
  diagnostics: z.array(Diagnostic),
  /** What the layers teach about themselves; layers of one kind share an entry. */
  documentation: z.array(LayerDocumentation),
  demos: z.optional(z.array(DemoSummary)),
});
export type Analysis = z.infer<typeof Analysis>;
