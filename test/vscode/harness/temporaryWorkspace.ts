import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "./checkout";

export interface TemporaryWorkspace extends AsyncDisposable {
  /** Absolute. */
  readonly folder: string;
}

/** A folder of its own with copies of the course's folders, by their names in `course/`. */
export async function temporaryWorkspace(...lessons: string[]): Promise<TemporaryWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), "layerwise-workspace-"));
  for (const lesson of lessons) {
    const filter = (path: string): boolean => !path.endsWith(".layerwise");
    await cp(join(checkout, "course", lesson), join(folder, lesson), { recursive: true, filter });
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
