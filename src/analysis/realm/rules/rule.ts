import type { DataSet } from "../../../dsl/data";
import type { Plan } from "../../../dsl/plan";
import { Layer } from "../../../nn/layer";
import type { Model } from "../../../nn/model";
import { type DiagnosticCode, DIAGNOSTICS, type DiagnosticSeverity } from "../../../protocol/diagnosticCodes";
import type { ArgumentPath, Finding, Proposal } from "../../evaluation";
import { framesOf } from "./edits";
import type { ModelGraph } from "./modelGraph";
import type { OutputHead } from "./outputHeads";

/** Everything that one evaluation declared, as the rules look at it. */
export interface Declared {
  readonly models: readonly ModelGraph[];
  readonly plans: readonly PlanView[];
  readonly layers: readonly Layer[];
  /** What is used without being part of a model: exported values, and the layers of demos. */
  readonly usedElsewhere: ReadonlySet<unknown>;
  /** Whether the file ran to its end: otherwise more may follow. */
  readonly complete: boolean;
}

export interface PlanView {
  readonly plan: Plan;
  readonly graph: ModelGraph;
  /** One for each output of the model. */
  readonly heads: readonly OutputHead[];
}

/** What a call of the model file made. */
export type Subject = Layer | Plan | DataSet;

/** One violation of a rule. */
export interface Violation {
  readonly subject: Subject;
  /** The whole call where it is left out. */
  readonly argument?: Readonly<ArgumentPath>;
  /** A word in the call that it is about, rather than an argument. */
  readonly word?: string;
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: DiagnosticSeverity;
  /** The model whose numbers a correction changes. */
  readonly model: Model;
  readonly proposals?: readonly Proposal[];
}

/** Looks at the model objects themselves. A rule that is not sure keeps silent; it only looks at layers whose shapes are known. */
export interface Rule {
  readonly code: DiagnosticCode;
  check(declared: Declared): Iterable<Violation>;
}

export function toFinding(code: DiagnosticCode, violation: Violation, modelIndex: number): Finding {
  const { subject, argument, word, message, severity, proposals = [] } = violation;
  const frames = framesOf(subject);
  return {
    code,
    message,
    severity: severity ?? DIAGNOSTICS[code].severity,
    layerFrames: subject instanceof Layer ? frames : null,
    frames,
    inOwnLayer: false,
    ...(argument === undefined ? {} : { argument: [...argument] }),
    ...(word === undefined ? {} : { word }),
    ...(modelIndex < 0 ? {} : { model: modelIndex }),
    ...(proposals.length === 0 ? {} : { proposals: [...proposals] }),
  };
}
