import { homedir } from "node:os";
import { join } from "node:path";

export interface CacheSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** The user's cache, shared by every checkout and version of Layerwise. */
export function cacheFolder(
  surroundings: CacheSurroundings = {
    env: process.env,
    platform: process.platform,
    home: homedir(),
  },
): string {
  return join(cachesOf(surroundings), "layerwise");
}

function cachesOf({ env, home, platform }: CacheSurroundings): string {
  if (platform === "darwin") return join(home, "Library", "Caches");
  if (platform === "win32") return env["LOCALAPPDATA"] || join(home, "AppData", "Local");
  return env["XDG_CACHE_HOME"] || join(home, ".cache");
}
