import { Plan } from "../../dsl/plan";
import { UsageError } from "../errors";

export interface ChosenPlan {
  readonly plan: Plan;
  /** The export that holds it. */
  readonly name: string;
}

/**
 * The plan to run: the one asked for, by default the default export, else the only one.
 *
 * @throws UsageError naming the plans where none can be chosen.
 */
export function choosePlan(file: string, exports: Readonly<Record<string, unknown>>, asked: string | undefined): ChosenPlan {
  const plans = Object.entries(exports).flatMap(([name, value]) => (value instanceof Plan ? [{ plan: value, name }] : []));
  if (asked !== undefined) {
    const chosen = plans.find(({ name }) => name === asked);
    if (chosen !== undefined) return chosen;
    throw new UsageError(`${file} exports no plan "${asked}"; ${list(plans)}`);
  }
  const byDefault =
    plans.find(({ name }) => name === "default") ?? (new Set(plans.map(({ plan }) => plan)).size === 1 ? plans[0] : undefined);
  if (byDefault !== undefined) return byDefault;
  throw new UsageError(
    plans.length === 0
      ? `${file} exports no plan. Add: export default train(model, { data, optimizer, loss });`
      : `${file} exports several plans and none as default; ${list(plans)} Choose one with --plan, or export it as default.`,
  );
}

function list(plans: readonly ChosenPlan[]): string {
  return plans.length === 0 ? "it exports none." : `it exports ${plans.map(({ name }) => name).join(", ")}.`;
}
