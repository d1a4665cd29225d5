import type { Analysis, LayerSummary, ModelSummary } from "../../protocol";
import { layerCalls } from "./layerCalls";
import { keyedModels } from "./modelKeys";
import { moveOffset, moveSpan, type Span, type TextEdit } from "./spans";

/** The layers that a call made: what is shown beside it. */
export interface LayerHint {
  readonly span: Span;
  /** Several where a loop made them; at least one. */
  readonly layers: readonly [LayerSummary, ...LayerSummary[]];
  readonly model: ModelSummary;
  /** The model's, as `keyedModels` makes it. */
  readonly key: string;
  /** From an earlier analysis: the file has not compiled since. */
  readonly stale: boolean;
}

interface Lens {
  readonly offset: number;
  readonly stale: boolean;
}

/** What is shown above a model. */
export interface ModelLens extends Lens {
  readonly model: ModelSummary;
  readonly key: string;
}

/** What is shown above a `train(…)`. */
export interface PlanLens extends Lens {
  /** The export that holds the plan; null if the file does not export it. */
  readonly plan: string | null;
  /** The model's name. */
  readonly model: string;
  /** The model's key; null where the model could not be described. */
  readonly key: string | null;
}

export interface Annotations {
  readonly hints: readonly LayerHint[];
  readonly models: readonly ModelLens[];
  readonly plans: readonly PlanLens[];
}

export const noAnnotations: Annotations = { hints: [], models: [], plans: [] };

/** Turns 1-based lines and columns into an offset of the text that was analyzed. */
export type OffsetAt = (line: number, column: number) => number;

/** What an analysis has to show in one file. */
export function annotate({ models, plans }: Analysis, file: string, offsetAt: OffsetAt): Annotations {
  const keyed = keyedModels(models);
  const owners = keyed.map(({ key, model }) => ({ key, model, layers: model.layers }));
  return {
    hints: layerCalls(owners, file).flatMap(({ line, column, endLine, endColumn, layers: [first, ...others], model: owner }) => {
      const span = { start: offsetAt(line, column), end: offsetAt(endLine, endColumn) };
      const { key, model } = owner;
      return first === undefined ? [] : { span, layers: [first, ...others] as const, model, key, stale: false };
    }),
    models: keyed.flatMap(({ key, model }) =>
      model.file !== file || model.line === null || model.column === null
        ? []
        : { offset: offsetAt(model.line, model.column), model, key, stale: false },
    ),
    plans: plans.flatMap((plan) =>
      plan.file !== file || plan.line === null || plan.column === null
        ? []
        : {
            offset: offsetAt(plan.line, plan.column),
            plan: plan.export,
            model: plan.model,
            key: keyed[plan.modelIndex]?.key ?? null,
            stale: false,
          },
    ),
  };
}

/** Annotations after an edit: they move with the text; a hint goes when its call is edited, a lens stays. */
export function moveAnnotations({ hints, models, plans }: Annotations, edit: TextEdit): Annotations {
  const moveLens = <L extends Lens>(lens: L): L => ({ ...lens, offset: moveOffset(lens.offset, edit) });
  return {
    hints: hints.flatMap((hint) => {
      const span = moveSpan(hint.span, edit);
      return span === undefined ? [] : { ...hint, span };
    }),
    models: models.map(moveLens),
    plans: plans.map(moveLens),
  };
}

/** What a file that did not run to its end has to show: what is known of it now, and what was known before where that says nothing. */
export function keepEarlier(current: Annotations, earlier: Annotations): Annotations {
  const kept = <T extends { readonly stale: boolean }>(
    now: readonly T[],
    before: readonly T[],
    identity: (item: T) => unknown,
  ): T[] => {
    const known = new Set(now.map(identity));
    return [...now, ...before.filter((item) => !known.has(identity(item))).map((item) => ({ ...item, stale: true }))];
  };
  return {
    hints: kept(current.hints, earlier.hints, ({ span }) => span.start),
    models: kept(current.models, earlier.models, ({ key }) => key),
    plans: kept(current.plans, earlier.plans, ({ plan, offset }) => plan ?? offset),
  };
}
