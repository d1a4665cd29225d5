import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { messageOf, systemCode, TrainingError } from "../errors";

/**
 * A data file's bytes, unpacked where they are gzip's.
 *
 * @throws TrainingError naming the file, where it is missing, cannot be read or is cut off.
 */
export async function readDataFile(path: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TrainingError(`The data file ${path} ${describeReadError(error)}.`, { cause: error });
  });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new TrainingError(
      `The data file ${path} (${bytes.length} bytes) cannot be unpacked: ${messageOf(error)}. It is cut off or damaged; fetch it again.`,
      { cause: error },
    );
  }
}

function describeReadError(error: unknown): string {
  switch (systemCode(error)) {
    case "ENOENT":
      return "does not exist. Check the path: it is relative to the model file";
    case "EACCES":
    case "EPERM":
      return "cannot be read: permission denied. Give yourself read permission";
    case "EISDIR":
      return "is a folder; expected a file";
    default:
      return `cannot be read: ${messageOf(error)}`;
  }
}
