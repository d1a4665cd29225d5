import type { CommandId } from "./commands";
import { when } from "./contexts";

export interface MenuItem {
  readonly command: CommandId;
  readonly when?: string;
  readonly group?: string;
}

const onModelFile = when.and(when.modelFile, when.trusted);

/** Menus by VS Code's name; the command palette's is derived from the commands. */
export const menus: Readonly<Record<string, readonly MenuItem[]>> = {
  "editor/title/run": [
    { command: "layerwise.trainModel", when: onModelFile, group: "1_run@1" },
    { command: "layerwise.showMonitor", when: onModelFile, group: "2_show@1" },
    { command: "layerwise.showLayerDiagram", when: onModelFile, group: "2_show@2" },
  ],
  "file/newFile": [{ command: "layerwise.newModelFile", group: "file" }],
  "explorer/context": [
    { command: "layerwise.newModelFile", when: "explorerResourceIsFolder", group: "2_layerwise@1" },
    { command: "layerwise.trainModel", when: onModelFile, group: "2_layerwise@2" },
  ],
};
