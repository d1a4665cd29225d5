import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf, systemCode, TrainingError } from "../errors";

/**
 * Replaces a file by one rename: whoever reads it sees the old content or the new, and a full disk leaves the old. The folder must
 * be there: one that somebody has removed does not come back in part.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString("hex")}.new`;
  await writing(path, async () => {
    try {
      await writeFile(fresh, content, { flush: true });
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => undefined);
      throw error;
    }
  });
}

/** Removes what {@link replaceFile} leaves in a folder where its process is killed. */
export async function removeUnfinished(folder: string): Promise<void> {
  const unfinished = (await readdir(folder)).filter((name) => /\.[0-9a-f]{8}\.new$/.test(name));
  for (const name of unfinished) await writing(join(folder, name), () => rm(join(folder, name), { force: true }));
}

/** Makes a folder and those above it. Node's own way never returns in `/proc`, where making a folder fails as if its parent were missing. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOneFolder(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOneFolder(path);
  }
}

async function makeOneFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const isThere = systemCode(error) === "EEXIST" && (await stat(path)).isDirectory();
    if (!isThere) throw error;
  }
}

/** Likewise. */
export async function appendToFile(path: string, content: string | Uint8Array): Promise<void> {
  await writing(path, () => appendFile(path, content));
}

/** @throws TrainingError saying what could not be written and what to do. */
export async function writing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new TrainingError(`${path} could not be written: ${describe(error)}`, { cause: error });
  }
}

function describe(error: unknown): string {
  switch (systemCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full. Free some space, or choose another folder for runs.";
    case "EFBIG":
      return "the file would exceed the size that is allowed. Raise the limit, or choose another folder for runs.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "there is no permission to write there. Give yourself write permission, or choose another folder for runs.";
    case "ENOTDIR":
    case "EEXIST":
      return "a file stands where the folder should be. Move it away, or choose another folder for runs.";
    case "ENOENT":
      return "its folder is gone or cannot be made. Choose another folder for runs.";
    default:
      return messageOf(error);
  }
}
