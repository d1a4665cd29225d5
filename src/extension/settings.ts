import * as vscode from "vscode";
import { isSettingValue, settings, type SettingId, type SettingValues } from "./contributions/settings";

/** A setting as it holds for a resource; its default where what is configured is not allowed. */
export function readSetting<Id extends SettingId>(id: Id, resource: vscode.Uri): SettingValues[Id] {
  const value: unknown = vscode.workspace.getConfiguration(undefined, resource).get(id);
  return isSettingValue(id, value) ? value : settings[id].default;
}
