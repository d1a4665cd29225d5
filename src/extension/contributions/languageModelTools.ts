export const inspectModelTool = "layerwise_inspectModel";

/** What an assistant in the editor may ask Layerwise. */
export const languageModelTools = [
  {
    name: inspectModelTool,
    toolReferenceName: "inspectModel",
    canBeReferencedInPrompt: true,
    icon: "$(type-hierarchy-sub)",
    displayName: "Inspect Layerwise Model",
    userDescription: "The layers of a model file: shapes, parameters, FLOPs, mistakes.",
    modelDescription:
      "Evaluates a Layerwise model file (*.model.ts, a neural network in TypeScript with Keras's names) without training it, and returns JSON: for each model its layers with type, input and output shape (the batch is null), parameter count with its derivation, FLOPs, and line; the totals; the training plans; and diagnostics with code, message and line. Unsaved changes in the editor are included. Use it before and after editing a model file to check shapes and find mistakes.",
    tags: ["layerwise", "neural network", "keras", "shapes", "parameters"],
    inputSchema: {
      type: "object",
      properties: {
        file: { type: "string", description: "Path of the model file, absolute or relative to the workspace folder." },
      },
      required: ["file"],
    },
  },
] as const;
