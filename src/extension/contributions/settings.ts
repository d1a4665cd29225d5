import { DIAGNOSTICS } from "../../protocol/diagnosticCodes";

/** The settings and the types of their values. */
export interface SettingValues {
  "layerwise.hints.display": "inlay" | "lens" | "off";
  "layerwise.hints.detail": "full" | "compact";
  "layerwise.hints.predict": boolean;
  "layerwise.codeLens.enabled": boolean;
  "layerwise.analysis.timeLimit": number;
  "layerwise.diagnostics.disabled": readonly string[];
  "layerwise.engine.name": "auto" | "tensorflow" | "wasm" | "cpu";
  "layerwise.engine.libraryPath": string;
  "layerwise.engine.pythonPath": string;
}

export type SettingId = keyof SettingValues;

interface SettingSchema<T> {
  readonly type: "boolean" | "number" | "string" | "array";
  readonly default: T;
  readonly scope: "resource" | "machine-overridable";
  readonly markdownDescription: string;
  readonly enum?: readonly T[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  /** Of an array, whose elements are texts. */
  readonly items?: { readonly type: "string"; readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] };
  readonly uniqueItems?: boolean;
}

export const settings: { readonly [Id in SettingId]: SettingSchema<SettingValues[Id]> } = {
  "layerwise.hints.display": {
    type: "string",
    enum: ["inlay", "lens", "off"],
    enumDescriptions: ["Beside each layer's call", "Above each layer's call", "Not at all: hovers still explain each layer"],
    default: "inlay",
    scope: "resource",
    markdownDescription: "Where each layer's output shape and parameter count are shown.",
  },
  "layerwise.hints.detail": {
    type: "string",
    enum: ["full", "compact"],
    enumDescriptions: [
      "Every shape and the exact count: `→ (300) · 235,500`",
      "Shapes where they change and rounded counts: `→ (300) · 236k`",
    ],
    default: "full",
    scope: "resource",
    markdownDescription: "How much is shown of each layer.",
  },
  "layerwise.hints.predict": {
    type: "boolean",
    default: false,
    scope: "resource",
    markdownDescription:
      "For learners: each number of parameters is hidden until you predict it. Ctrl/Cmd+click `? params`, or run *Layerwise: Predict Number*.",
  },
  "layerwise.codeLens.enabled": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription: "Show a model's parameters and shapes above it, and the training actions above each `train(…)`.",
  },
  "layerwise.analysis.timeLimit": {
    type: "number",
    default: 5000,
    minimum: 100,
    scope: "resource",
    markdownDescription:
      "Milliseconds after which the evaluation of a model file is ended, for example because it loops for ever.",
  },
  "layerwise.diagnostics.disabled": {
    type: "array",
    items: {
      type: "string",
      enum: Object.keys(DIAGNOSTICS),
      enumDescriptions: Object.values(DIAGNOSTICS).map(({ title }) => title),
    },
    uniqueItems: true,
    default: [],
    scope: "resource",
    markdownDescription:
      "Codes of diagnostics that are not wanted. For a single line write `// layerwise-disable-next-line CODE` before it.",
  },
  "layerwise.engine.name": {
    type: "string",
    enum: ["auto", "tensorflow", "wasm", "cpu"],
    enumDescriptions: [
      "TensorFlow where it is found, else WebAssembly, else plain JavaScript",
      "TensorFlow only: training is refused where it is not found",
      "WebAssembly",
      "Plain JavaScript: slow, runs everywhere",
    ],
    default: "auto",
    scope: "resource",
    markdownDescription: "What trains.",
  },
  "layerwise.engine.libraryPath": {
    type: "string",
    default: "",
    scope: "machine-overridable",
    markdownDescription:
      "Absolute path of the TensorFlow library to train with (`libtensorflow_cc.so.2`), instead of the one that is found.",
  },
  "layerwise.engine.pythonPath": {
    type: "string",
    default: "",
    scope: "machine-overridable",
    markdownDescription: "Absolute path of the Python whose TensorFlow is tried first.",
  },
};

/** Whether a configured value, which anyone may have written, is one that the setting allows. */
export function isSettingValue<Id extends SettingId>(id: Id, value: unknown): value is SettingValues[Id] {
  const schema: SettingSchema<unknown> = settings[id];
  if (Array.isArray(value)) return schema.type === "array" && value.every((element) => typeof element === "string");
  if (typeof value !== schema.type) return false;
  if (typeof value === "number" && value < (schema.minimum ?? -Infinity)) return false;
  return schema.enum?.includes(value) ?? true;
}
