import * as dsl from "../../dsl";
import * as datasets from "../../dsl/datasets";
import { traceMethods } from "../../nn/operations";
import type { Evaluation, Finding } from "../evaluation";
import { collectModels, collectPlans } from "./collect";
import { collectDemos } from "./demos";
import { takeDocumentation } from "./documentation";
import { collectErrors, describeThrown, swallowedCalls } from "./errors";
import { contained, internalFaults } from "./faults";
import { ownFunctionFailures } from "./ownFunctions";
import { applyRules } from "./rules";
import { tolerantDsl } from "./tolerantDsl";
import { tolerantModule } from "./tolerantModule";
import { unavailableModule } from "./unavailable";

type Bundle = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

const MISSING = "missing:";

/** One evaluation of one model file: its realm serves no other. */
export class ModelRun {
  private readonly module = { exports: {} };
  private readonly thrown: Finding[] = [];
  private ended = false;

  evaluate(bundle: Bundle): void {
    try {
      bundle(requireModule, this.module, this.module.exports);
      this.ended = true;
    } catch (error) {
      this.note(error, "exception");
    }
  }

  noteRejection(reason: unknown): void {
    this.note(reason, "unhandled-rejection");
  }

  finish(): string {
    const exports = exportNames(this.module.exports);
    const { models: described, ...layers } = collectModels(exports);
    const models = [...described.values()];
    const plans = contained("plans", () => collectPlans(exports, [...described.keys()])) ?? [];
    const demos = contained("demos", () => collectDemos((error) => this.note(error, "exception"))) ?? [];
    // Collecting notes what own layers throw when they are asked.
    const errors = [...(contained("errors", collectErrors) ?? []), ...this.thrown];
    const documentation = takeDocumentation();
    const checked = [
      ...(contained("refused calls", () => swallowedCalls(errors)) ?? []),
      ...ownFunctionFailures(),
      ...(contained("rules", () => applyRules(exports.keys(), this.ended)) ?? []),
    ];
    const findings = [...errors, ...checked, ...internalFaults()];
    const evaluation: Evaluation = { models, ...layers, plans, demos, documentation, findings, complete: this.ended };
    return JSON.stringify(evaluation);
  }

  private note(thrown: unknown, code: string): void {
    const error = describeThrown(thrown, code);
    if (error !== null) this.thrown.push(error);
  }
}

const modules: Readonly<Record<string, object>> = {
  layerwise: tolerantModule("layerwise", tolerantDsl),
  "layerwise/datasets": tolerantModule("layerwise/datasets", { ...datasets }, tolerantDsl),
};

traceMethods(dsl.tf);

/** Everything else that a bundle requires is a module of Node's, or one that was not found. */
function requireModule(name: string): unknown {
  if (name.startsWith(MISSING)) return unavailableModule(name.slice(MISSING.length), "missing-module");
  return Object.hasOwn(modules, name) ? modules[name] : unavailableModule(name);
}

/** The name under which each value is exported; a name of its own goes before `default`. */
function exportNames(exports: object): ReadonlyMap<unknown, string> {
  const names = new Map<unknown, string>();
  const keys = Object.keys(exports).filter((key) => key !== "default");
  for (const key of [...keys, "default"]) {
    try {
      const value = (exports as Readonly<Record<string, unknown>>)[key];
      if (!names.has(value)) names.set(value, key);
    } catch {
      // The file threw before it came to this export.
    }
  }
  return names;
}
