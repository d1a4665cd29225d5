import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the extension keeps beside a workspace's files. */
export type ProjectFolder = "runs" | "types";

/** @param home Absolute path of the workspace folder. */
export function projectFolder(home: string, name: ProjectFolder): string {
  return join(home, ".layerwise", name);
}

/** Makes a folder and keeps it out of version control. @throws with what to do where that is not possible. */
export async function createProjectFolder(home: string, name: ProjectFolder): Promise<string> {
  const folder = projectFolder(home, name);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(home, ".layerwise", ".gitignore"), "*\n");
    return folder;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `${folder} could not be made (${reason}). Make ${home} writable, or copy the model file into a folder that is.`,
      { cause },
    );
  }
}
