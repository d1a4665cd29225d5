/** Context keys that the extension sets for `when` clauses. */
export const contextKeys = {
  training: "layerwise.training",
  diagramOpen: "layerwise.diagramOpen",
} as const;

export const when = {
  modelFile: "resourceFilename =~ /\\.model\\.ts$/",
  predicting: "config.layerwise.hints.predict",
  editorFocus: "editorTextFocus",
  trusted: "isWorkspaceTrusted",
  training: contextKeys.training,
  diagramOpen: contextKeys.diagramOpen,
  /** Binds less than `and`, as in VS Code's clauses. */
  or: (...clauses: string[]): string => clauses.join(" || "),
  and: (...clauses: string[]): string => clauses.join(" && "),
};
