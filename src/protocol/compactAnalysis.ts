import * as z from "zod/mini";
import { Analysis, LayerProperties, LayerReferences, type LayerSummary, ModelSummary, SourceRange } from "./analysis";

/** A call in the model's files. */
export const LayerCall = z.extend(SourceRange, { file: z.string() });
export type LayerCall = z.infer<typeof LayerCall>;

const CompactLayerFields = z.extend(LayerReferences, {
  /** The place of its properties in the analysis. */
  properties: z.number(),
  /** The place of the call that made it; null where it is not known. */
  call: z.nullable(z.number()),
  times: z.number(),
});
export type CompactLayer = z.infer<typeof CompactLayerFields> & { layers?: CompactLayer[] | undefined };
const CompactLayer: z.ZodMiniType<CompactLayer> = z.extend(CompactLayerFields, {
  layers: z.optional(z.array(z.lazy(() => CompactLayer))),
});

/** An analysis as it travels between processes: what layers have in common stands in it once, so that a deep model is not slow to send and to decode. */
export const CompactAnalysis = z.extend(Analysis, {
  models: z.array(z.extend(ModelSummary, { layers: z.array(CompactLayer) })),
  layerProperties: z.array(LayerProperties),
  layerCalls: z.array(LayerCall),
});
export type CompactAnalysis = z.infer<typeof CompactAnalysis>;

/** Decodes a {@link CompactAnalysis} into an {@link Analysis}. */
export const ExpandedAnalysis = z.pipe(
  CompactAnalysis,
  z.transform((analysis, context): Analysis => {
    try {
      return expandAnalysis(analysis);
    } catch (error) {
      context.issues.push({ code: "custom", input: analysis, message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  }),
);

/** @throws RangeError where a layer refers to an entry that is not there. */
export function expandAnalysis({ layerProperties, layerCalls, ...analysis }: CompactAnalysis): Analysis {
  const expandLayer = ({ properties, call, layers, ...layer }: CompactLayer): LayerSummary => ({
    ...layer,
    ...entry(layerProperties, properties, "layerProperties"),
    ...(call === null ? NOWHERE : entry(layerCalls, call, "layerCalls")),
    ...(layers === undefined ? {} : { layers: layers.map(expandLayer) }),
  });
  return { ...analysis, models: analysis.models.map((model) => ({ ...model, layers: model.layers.map(expandLayer) })) };
}

const NOWHERE = { file: null, line: null, column: null, endLine: null, endColumn: null };

function entry<T>(entries: readonly T[], index: number, name: string): T {
  const found = entries[index];
  if (found !== undefined) return found;
  throw new RangeError(`A layer refers to entry ${index} of ${name}, which has ${entries.length}.`);
}
