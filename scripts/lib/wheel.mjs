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

const UNPACK_FOLDER = `
import pathlib, sys, zipfile
wheels, folder, top = sys.argv[1:]
for wheel in sorted(pathlib.Path(wheels).glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(f"{top}/")])
`;

const READ_METADATA = `
import pathlib, sys, zipfile
(wheel,) = pathlib.Path(sys.argv[1]).glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    sys.stdout.buffer.write(archive.read(name))
`;

/**
 * Downloads a wheel from the Python package index and takes files out of it; nothing is installed into a Python.
 *
 * @param {string} requirement `name==version`.
 * @param {string} platform The wheel's platform tag, for example `manylinux_2_27_x86_64`.
 * @param {string} folder Where to.
 * @param {string} path The folder in the wheel that holds the files.
 * @param {readonly string[]} files
 * @returns {Promise<string>} The wheel's METADATA.
 */
export function unpackWheel(requirement, platform, folder, path, files) {
  return download([requirement], [platform], folder, async (python, wheels) => {
    await run(python, ["-c", UNPACK, wheels, folder, path, ...files]);
    return run(python, ["-c", READ_METADATA, wheels]);
  });
}

/**
 * Downloads wheels and unpacks one folder of theirs, laid out as in `site-packages`.
 *
 * @param {readonly string[]} requirements
 * @param {readonly string[]} platforms The platform tags that will do.
 * @param {string} folder Where to.
 * @param {string} top The folder's name.
 */
export function unpackWheelFolders(requirements, platforms, folder, top) {
  return download(requirements, platforms, folder, (python, wheels) => run(python, ["-c", UNPACK_FOLDER, wheels, folder, top]));
}

/**
 * @template T
 * @param {readonly string[]} requirements
 * @param {readonly string[]} platforms
 * @param {string} folder
 * @param {(python: string, wheels: string) => Promise<T>} use Is given the folder of the downloaded wheels, which goes afterwards.
 */
async function download(requirements, platforms, folder, use) {
  const python = await findPython();
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, ".wheel-"));
  const command = [
    ...["-m", "pip", "download", ...requirements, "--no-deps", "--only-binary", ":all:", "--no-cache-dir"],
    ...["--python-version", WHEEL_PYTHON, ...platforms.flatMap((platform) => ["--platform", platform]), "--dest", temporary],
  ];
  try {
    await run(python, command);
    return await use(python, temporary);
  } catch (cause) {
    throw new SetupError(`${requirements.join(", ")} could not be had from the Python package index`, {
      tried: [[python, ...command].join(" ")],
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
