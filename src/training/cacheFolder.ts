import { homedir } from "node:os";
import { join } from "node:path";

/** The user's cache, shared by every checkout and version of Layerwise. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const home = homedir();
  if (platform === "darwin") return join(home, "Library/Caches/layerwise");
  if (platform === "win32") return join(environment["LOCALAPPDATA"] ?? join(home, "AppData/Local"), "layerwise");
  const base = environment["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(home, ".cache") : base, "layerwise");
}
