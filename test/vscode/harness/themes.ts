/** VS Code's own themes of each kind: their names in settings and in the list of themes, and what they mark a webview's body with. */
export const THEMES = {
  dark: { setting: "Default Dark Modern", label: "Dark Modern", bodyClass: "vscode-dark" },
  light: { setting: "Default Light Modern", label: "Light Modern", bodyClass: "vscode-light" },
  highContrast: { setting: "Default High Contrast", label: "Dark High Contrast", bodyClass: "vscode-high-contrast" },
  highContrastLight: {
    setting: "Default High Contrast Light",
    label: "Light High Contrast",
    bodyClass: "vscode-high-contrast-light",
  },
} as const;

export type Theme = keyof typeof THEMES;
