import * as z from "zod/mini";
import { LayerDocumentation, LayerProperties, LayerReferences, PlanProperties, Shapes } from "../protocol";

/** Analyzer → evaluator: one script to run in a fresh realm. */
export const EvaluatorRequest = z.object({ id: z.number(), code: z.string(), timeLimit: z.number() });
export type EvaluatorRequest = z.infer<typeof EvaluatorRequest>;

/** Evaluator → analyzer. */
export const EvaluatorMessage = z.discriminatedUnion("type", [
  /** A realm is warm: requests are answered at once. */
  z.object({ type: z.literal("ready") }),
  z.object({
    type: z.literal("evaluated"),
    id: z.number(),
    /** An {@link Evaluation} as the realm wrote it. */
    result: z.string(),
    timedOut: z.boolean(),
  }),
  z.object({ type: z.literal("failed"), id: z.number(), message: z.string() }),
]);
export type EvaluatorMessage = z.infer<typeof EvaluatorMessage>;

/** A place in the evaluated script: line and column, 1-based. A list of them goes from the innermost outwards. */
export const Frame = z.tuple([z.number(), z.number()]);
export type Frame = z.infer<typeof Frame>;

const LayerFields = z.extend(LayerReferences, {
  /** The place of its properties in {@link Evaluation}. */
  properties: z.number(),
  /** The place of the frames where it was made in {@link Evaluation}. */
  call: z.number(),
});
export type EvaluatedLayer = z.infer<typeof LayerFields> & { layers?: EvaluatedLayer[] | undefined };
export const EvaluatedLayer: z.ZodMiniType<EvaluatedLayer> = z.extend(LayerFields, {
  layers: z.optional(z.array(z.lazy(() => EvaluatedLayer))),
});

export const EvaluatedModel = z.object({
  name: z.string(),
  export: z.nullable(z.string()),
  kind: z.enum(["sequential", "functional"]),
  frames: z.array(Frame),
  inputShape: Shapes,
  outputShape: Shapes,
  layers: z.array(EvaluatedLayer),
  /** Over the model's weights, each counted once; null before it is built. */
  params: z.nullable(z.number()),
  trainable: z.nullable(z.number()),
  nonTrainable: z.nullable(z.number()),
  bytes: z.nullable(z.number()),
  flops: z.nullable(z.number()),
});
export type EvaluatedModel = z.infer<typeof EvaluatedModel>;

export const EvaluatedPlan = z.extend(PlanProperties, { frames: z.array(Frame) });
export type EvaluatedPlan = z.infer<typeof EvaluatedPlan>;

/** What a layer does to values, as nested arrays. */
export const EvaluatedDemo = z.object({ frames: z.array(Frame), input: z.unknown(), output: z.unknown() });
export type EvaluatedDemo = z.infer<typeof EvaluatedDemo>;

/**
 * Leads from a call to one of its arguments: a number is a position, a name an option of its options object. What follows leads on into
 * that argument: an option of an object or of a call, an element of a list.
 */
export const ArgumentPath = z.array(z.union([z.string(), z.number()]));
export type ArgumentPath = z.infer<typeof ArgumentPath>;

/** What the new text needs from `layerwise`: it is imported unless it is already. */
const Imported = z.optional(z.string());

/** A change of the model file at the call that its frames lead to. */
export const ProposedEdit = z.discriminatedUnion("kind", [
  /** Gives an argument another value, or adds it. */
  z.object({ kind: z.literal("set"), frames: z.array(Frame), path: ArgumentPath, text: z.string() }),
  /** Writes around the last argument, whatever it is: `{ activation: ` and ` }`. */
  z.object({ kind: z.literal("wrap"), frames: z.array(Frame), path: ArgumentPath, before: z.string(), after: z.string() }),
  /** Writes on behind an argument: `.standardize()`. */
  z.object({ kind: z.literal("append"), frames: z.array(Frame), path: ArgumentPath, text: z.string() }),
  /** Arranges the arguments anew: texts, and the places of those that are there. */
  z.object({ kind: z.literal("arrange"), frames: z.array(Frame), pieces: z.array(z.union([z.string(), z.number()])) }),
  /** Takes an element out of a list. */
  z.object({ kind: z.literal("removeElement"), frames: z.array(Frame), path: ArgumentPath }),
  /** Puts a layer before the one that the call makes. */
  z.object({ kind: z.literal("insertBefore"), frames: z.array(Frame), text: z.string() }),
  /** Puts another layer in the place of the one that the call makes. */
  z.object({ kind: z.literal("replace"), frames: z.array(Frame), text: z.string() }),
  /** Takes the layer that the call makes away. */
  z.object({ kind: z.literal("remove"), frames: z.array(Frame) }),
  /** Takes options out of the call's options and puts their values at positions before them. */
  z.object({
    kind: z.literal("unname"),
    frames: z.array(Frame),
    options: z.array(z.object({ option: z.string(), position: z.number() })),
  }),
  /** Makes options of assignments among the arguments, from a position on. */
  z.object({ kind: z.literal("nameAssigned"), frames: z.array(Frame), position: z.number() }),
  /** Makes one list of the arguments of a call, or of the call of its result. */
  z.object({ kind: z.literal("listArguments"), frames: z.array(Frame) }),
  /** Writes a word in the call, or at the place, otherwise: a name, or the whole of a text in quotes. */
  z.object({ kind: z.literal("respell"), frames: z.array(Frame), word: z.string(), text: z.string() }),
  /** Writes a name otherwise wherever the file uses or imports it. */
  z.object({ kind: z.literal("rename"), frames: z.array(Frame), word: z.string(), text: z.string(), imports: Imported }),
  /** Puts something in the place of `namespace.word`. */
  z.object({ kind: z.literal("member"), frames: z.array(Frame), word: z.string(), text: z.string(), imports: Imported }),
]);
export type ProposedEdit = z.infer<typeof ProposedEdit>;

/** A way to put something right. Whether it does is found out by analysing the file with it. */
export const Proposal = z.object({
  title: z.string(),
  edits: z.array(ProposedEdit),
  /** Whether it may be applied unseen, together with others: it is what the rest of the file says already. */
  safe: z.boolean(),
});
export type Proposal = z.infer<typeof Proposal>;

/** What is wrong with the model file. */
export const Finding = z.object({
  code: z.string(),
  message: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  /** Where the faulty layer was made; null where it is no layer's. */
  layerFrames: z.nullable(z.array(Frame)),
  /** Where it arose. */
  frames: z.array(Frame),
  /** Whether the innermost frame is more telling than the layer's: the failing operation in an own layer's code. */
  inOwnLayer: z.boolean(),
  /** The argument of the call that it is about; the whole call where it is left out. */
  argument: z.optional(ArgumentPath),
  /** The word in the call that it is about, where it names no argument. */
  word: z.optional(z.string()),
  /** The place among the models of the one concerned. */
  model: z.optional(z.number()),
  proposals: z.optional(z.array(Proposal)),
  /** Of a rule's: how many more like it there are from the same call. */
  others: z.optional(z.number()),
});
export type Finding = z.infer<typeof Finding>;

const EvaluationFields = z.object({
  models: z.array(EvaluatedModel),
  /** Indexed by the layers: most are like another. */
  layerProperties: z.array(LayerProperties),
  /** Indexed by the layers. */
  layerCalls: z.array(z.array(Frame)),
  plans: z.array(EvaluatedPlan),
  demos: z.array(EvaluatedDemo),
  /** Indexed by the layers' properties. */
  documentation: z.array(LayerDocumentation),
  findings: z.array(Finding),
  /** Whether the script ran to its end. */
  complete: z.boolean(),
});

/** What one evaluation of a model file yields; positions are those of the evaluated script. A model file may have made anything of it. */
export const Evaluation = EvaluationFields.check(
  z.refine(({ models, layerProperties }) => models.every(({ layers }) => refersTo(layerProperties, layers)), {
    error: "a layer refers to properties that are not there",
  }),
);
export type Evaluation = z.infer<typeof Evaluation>;

function refersTo(properties: readonly unknown[], layers: readonly EvaluatedLayer[]): boolean {
  return layers.every((layer) => layer.properties in properties && refersTo(properties, layer.layers ?? []));
}
