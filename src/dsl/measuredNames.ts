import { capitalize } from "../nn/naming";
import { labelledOutputs } from "./labelledOutputs";
import type { Plan } from "./plan";

/** What is measured over an epoch: `loss`; with several outputs then the loss of each; then the metrics, output by output. */
export function measuredNames(plan: Plan): string[] {
  const outputs = labelledOutputs(plan);
  const losses = plan.model.outputs.length > 1 ? outputs.filter(({ loss }) => loss !== undefined) : [];
  const metrics = outputs.flatMap(({ name }) =>
    (plan.metrics.get(name) ?? []).map((metric) => measureName(plan, name, metric.name)),
  );
  return ["loss", ...losses.map(({ name }) => measureName(plan, name, "loss")), ...metrics];
}

/** Where there are several outputs, the output's name comes first. */
export function measureName({ model }: Plan, output: string, name: string): string {
  return model.outputs.length > 1 ? `${output}${capitalize(name)}` : name;
}

/** The name of a measure's validation value. */
export function validationName(name: string): string {
  return `val${capitalize(name)}`;
}

/** What there is to monitor: the measures, and their validation values where part of the data is split off for that. */
export function monitorableNames(measured: readonly string[], hasValidation: boolean): readonly string[] {
  return hasValidation ? [...measured, ...measured.map(validationName)] : measured;
}
