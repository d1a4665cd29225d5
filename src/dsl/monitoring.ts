import { nearestName } from "../nn";
import { normalize } from "../nn/lookup";

/** Metrics that grow as a model gets better. */
const GROWING = /acc|auc|precision|recall|f1|fbeta|r2|iou|cosineSimilarity|true|hits|sensitivity|specificity/i;
/** Metrics that shrink. */
const SHRINKING = /loss|error|entropy|hinge|divergence|poisson|logcosh|false/i;

/** A name that a callback cannot monitor. */
export interface UnmeasuredName {
  readonly message: string;
  /** Among the names that there are, the one that was most likely meant. */
  readonly nearest: string | undefined;
  /** Whether it is a validation value, and no part of the data is for validation. */
  readonly lacksValidation: boolean;
}

/** What is wrong with a name that a callback monitors; undefined where it is measured. */
export function unmeasuredName(callback: string, asked: string, available: readonly string[]): UnmeasuredName | undefined {
  if (available.includes(asked)) return undefined;
  const lacksValidation = asked.startsWith("val") && !available.includes("valLoss");
  const nearest = lacksValidation ? undefined : nearestMeasure(asked, available);
  const remedy = lacksValidation ? "Add .split({ validation: 0.2 }) to the data" : "Add it to metrics";
  const advice = nearest === undefined ? `${remedy}, or monitor one of these.` : `Did you mean "${nearest}"?`;
  return {
    message: `callbacks.${callback} monitors "${asked}", which is not measured: there are ${available.join(", ")}. ${advice}`,
    nearest,
    lacksValidation,
  };
}

/** Whether a better model has more of it; undefined where its name does not tell. */
export function growsByName(name: string): boolean | undefined {
  if (SHRINKING.test(name)) return false;
  return GROWING.test(name) ? true : undefined;
}

/** What to do where {@link growsByName} does not know. */
export function unknownDirection(name: string): string {
  return `Whether "${name}" should grow or shrink cannot be told from its name. Set mode: "max" or mode: "min".`;
}

/** The measure that was most likely meant; Keras calls `accuracy` `acc` as well. */
export function nearestMeasure(asked: string, available: readonly string[]): string | undefined {
  const whole = (name: string): string => normalize(name).replace(/acc$/, "accuracy");
  return available.find((name) => whole(name) === whole(asked)) ?? nearestName(asked, available);
}
