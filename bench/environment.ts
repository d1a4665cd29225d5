/**
 * What `bench/run.mjs` found or installed before it started this program.
 *
 * @throws Error where it was started otherwise.
 */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; start the benchmark by its script in package.json.`);
  return value;
}
