/** Acronyms that the factories write in lower case though another letter stands before them. */
const ACRONYMS = /PReLU|LSTM(?=\dD)/;

/** How a model file makes a layer of the library's: `MaxPooling2D` → `layers.maxPooling2d`, `LeakyReLU` → `layers.leakyReLU`. */
export function factoryName(className: string): string {
  const name = className
    .replace(ACRONYMS, (acronym) => acronym.charAt(0) + acronym.slice(1).toLowerCase())
    .replace(/(?<=\d)D/, "d")
    .replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (start) => start.toLowerCase());
  return `layers.${name}`;
}
