import * as z from "zod/mini";
import { Diagnostic, Fix, Position } from "./analysis";
import { ExpandedAnalysis } from "./compactAnalysis";

const FileRequest = z.object({
  id: z.number(),
  /** Absolute path of the model file. */
  file: z.string(),
  /** Unsaved text by absolute path: it replaces what is on disk. */
  overlays: z.record(z.string(), z.string()),
  /** Milliseconds after which an evaluation is killed. Default 5,000. */
  timeLimit: z.optional(z.number()),
  /** Codes of diagnostics that are not wanted. */
  disabled: z.optional(z.array(z.string())),
});

/** Extension host or command line → analyzer. */
export const AnalyzerRequest = z.discriminatedUnion("type", [
  z.extend(FileRequest, { type: z.literal("analyze") }),
  /** Asks for the fixes of a file's diagnostics, which analyses do not have: each is tried before it is offered. */
  z.extend(FileRequest, {
    type: z.literal("fixes"),
    /** Only those of the diagnostic of this code that starts here. */
    at: z.optional(z.extend(Position, { code: z.string() })),
  }),
  /** Asks for all fixes together that may be applied unseen. */
  z.extend(FileRequest, { type: z.literal("fixAll") }),
  z.object({ type: z.literal("cancel"), id: z.number() }),
]);
export type AnalyzerRequest = z.infer<typeof AnalyzerRequest>;

/** Analyzer → its owner. Every request is answered once: with a result, a failure or as cancelled. */
export const AnalyzerResponse = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("analyzed"),
    id: z.number(),
    analysis: ExpandedAnalysis,
    /** Absolute paths of the files that went into the model, the model file among them: a change in one calls for a new analysis. */
    sources: z.array(z.string()),
    /** Whether the file compiled and ran to its end; otherwise the numbers may be incomplete. */
    complete: z.boolean(),
    /** Milliseconds from request to result. */
    duration: z.number(),
  }),
  z.object({ type: z.literal("fixes"), id: z.number(), diagnostics: z.array(Diagnostic) }),
  z.object({ type: z.literal("fixAll"), id: z.number(), fix: z.nullable(Fix) }),
  z.object({ type: z.literal("cancelled"), id: z.number() }),
  z.object({ type: z.literal("failed"), id: z.number(), message: z.string() }),
]);
export type AnalyzerResponse = z.infer<typeof AnalyzerResponse>;
/** A response as it is sent, before it is decoded. */
export type SentAnalyzerResponse = z.input<typeof AnalyzerResponse>;
