/** Mathematics as it is typeset and as it is read aloud. */
export interface Formula {
  /** LaTeX. */
  readonly tex: string;
  /** The same in plain words and signs. */
  readonly text: string;
}

const grouped = new Intl.NumberFormat("en-US");

/** A number with grouped digits: `235{,}500`. */
export function texCount(count: number): string {
  return grouped.format(count).replaceAll(",", "{,}");
}

/** Words inside mathematics. What LaTeX would read as a command is left out. */
export function texWords(words: string): string {
  return String.raw`\text{${words.replace(/[\\{}$#%&^~]/g, "")}}`;
}
