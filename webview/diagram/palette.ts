/** What colours say in the diagram: VS Code's names for them, the first that the theme has. */
const COLORS = {
  background: ["editor-background"],
  text: ["foreground"],
  dim: ["descriptionForeground"],
  node: ["editorWidget-background"],
  border: ["contrastBorder", "tree-indentGuidesStroke", "editorWidget-border"],
  line: ["descriptionForeground"],
  share: ["charts-blue", "foreground"],
  selection: ["focusBorder"],
  error: ["editorError-foreground", "errorForeground"],
  warning: ["editorWarning-foreground"],
  info: ["editorInfo-foreground", "foreground"],
} as const satisfies Record<string, readonly string[]>;

export type Palette = (color: keyof typeof COLORS) => string;

/** VS Code's variables: what is drawn with them changes with the theme. */
export const themePalette: Palette = (color) =>
  COLORS[color].reduceRight((fallback, name) => `var(--vscode-${name}${fallback === "" ? "" : `, ${fallback}`})`, "");

/** The colours as they are now. @param find A colour by VS Code's name; undefined where the theme has none. */
export function fixedPalette(find: (name: string) => string | undefined): Palette {
  return (color) => COLORS[color].map(find).find((value) => value !== undefined) ?? "#808080";
}
