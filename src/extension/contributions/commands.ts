import { when } from "./contexts";

export interface CommandContribution {
  readonly title: string;
  readonly icon?: `$(${string})`;
  /** Where the command can run; everywhere if left out. */
  readonly enablement?: string;
  /** Where the command palette offers it; wherever it can run if left out. */
  readonly palette?: string;
}

export const commandCategory = "Layerwise";

const onModelFile = { palette: when.and(when.modelFile, when.trusted), enablement: when.trusted };

export const commands = {
  "layerwise.trainModel": { title: "Train Model", icon: "$(play)", ...onModelFile },
  "layerwise.stopTraining": { title: "Stop Training", icon: "$(debug-stop)", enablement: when.training },
  "layerwise.resumeTraining": { title: "Resume Training", icon: "$(debug-continue)", enablement: when.trusted },
  "layerwise.showMonitor": { title: "Show Monitor", icon: "$(graph-line)" },
  "layerwise.showLayerDiagram": { title: "Show Layer Diagram", icon: "$(type-hierarchy-sub)", ...onModelFile },
  "layerwise.exportLayerDiagram": {
    title: "Export Layer Diagram…",
    icon: "$(save)",
    enablement: when.trusted,
    palette: when.or(onModelFile.palette, when.and(when.diagramOpen, when.trusted)),
  },
  "layerwise.showSummary": { title: "Show Summary", icon: "$(table)", ...onModelFile },
  "layerwise.predictNumber": { title: "Predict Number", icon: "$(question)", ...onModelFile },
  "layerwise.forgetPredictions": { title: "Forget Predictions", ...onModelFile },
  "layerwise.newModelFile": { title: "New Model File", icon: "$(new-file)" },
  "layerwise.analyzeFile": { title: "Analyze Model File", ...onModelFile },
} as const satisfies Record<string, CommandContribution>;

export type CommandId = keyof typeof commands;
