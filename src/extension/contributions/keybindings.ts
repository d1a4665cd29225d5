import type { CommandId } from "./commands";
import { when } from "./contexts";

export interface KeybindingContribution {
  readonly command: CommandId;
  readonly key: string;
  readonly mac: string;
  readonly when: string;
}

export const keybindings: readonly KeybindingContribution[] = [
  {
    command: "layerwise.predictNumber",
    key: "ctrl+alt+p",
    mac: "cmd+alt+p",
    when: when.and(when.modelFile, when.predicting, when.editorFocus),
  },
];
