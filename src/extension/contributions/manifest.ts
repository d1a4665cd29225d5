import { commandCategory, commands, type CommandContribution } from "./commands";
import { keybindings } from "./keybindings";
import { languageModelTools } from "./languageModelTools";
import { menus } from "./menus";
import { settings } from "./settings";

export const monitorViewType = "layerwise.monitor";

/** Settings that name what is loaded or run: a folder that is not trusted cannot set them. */
const restrictedSettings = Object.entries(settings)
  .filter(([, { scope }]) => scope === "machine-overridable")
  .map(([id]) => id);

const commandList = Object.entries<CommandContribution>(commands);

/** The part of package.json that speaks to VS Code; `npm run manifest` writes it there. */
export const manifest = {
  icon: "media/icon.png",
  extensionKind: ["workspace"],
  activationEvents: ["workspaceContains:**/*.model.ts", "onLanguage:typescript", `onWebviewPanel:${monitorViewType}`],
  capabilities: {
    untrustedWorkspaces: {
      supported: "limited",
      description: "Model files are programs: they are neither evaluated nor trained before you trust the folder.",
      restrictedConfigurations: restrictedSettings,
    },
    virtualWorkspaces: { supported: false, description: "Model files are evaluated by processes that read them from the disk." },
  },
  contributes: {
    commands: commandList.map(([command, { title, icon, enablement }]) => ({
      command,
      category: commandCategory,
      title,
      icon,
      enablement,
    })),
    menus: {
      commandPalette: commandList.flatMap(([command, { palette }]) =>
        palette === undefined ? [] : [{ command, when: palette }],
      ),
      ...menus,
    },
    keybindings,
    languageModelTools,
    configuration: { title: "Layerwise", properties: settings },
  },
};
