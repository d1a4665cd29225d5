/** Context keys that the extension sets for `when` clauses. */
export const contextKeys = {
  training: "layerwise.training",
} as const;

export const when = {
  modelFile: "resourceFilename =~ /\\.model\\.ts$/",
  predicting: "config.layerwise.hints.predict",
  editorFocus: "editorTextFocus",
  trusted: "isWorkspaceTrusted",
  training: contextKeys.training,
  monitorActive: "activeWebviewPanelId == 'layerwise.monitor'",
  /** Binds less than `and`, as in VS Code's clauses. */
  or: (...clauses: string[]): string => clauses.join(" || "),
  and: (...clauses: string[]): string => clauses.join(" && "),
};
