/** An object that says something of each output, as it is written in a plan. */
export function byOutput(outputs: readonly string[], value: (output: string) => string): string {
  return `{ ${outputs.map((output) => `${keyOf(output)}: ${value(output)}`).join(", ")} }`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
