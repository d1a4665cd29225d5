// Downloads data sets into the user's cache: `node scripts/install-datasets.mjs [NAME…]`; without a name, all of them.
import { DATASETS, ensureDataset } from "./lib/datasets.mjs";
import { runScript, SetupError } from "./lib/steps.mjs";

await runScript(async () => {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(DATASETS)) {
    if (!(name in DATASETS)) {
      throw new SetupError(`There is no data set ${name}`, { todo: `name one of ${Object.keys(DATASETS).join(", ")}.` });
    }
    console.log(await ensureDataset(/** @type {keyof typeof DATASETS} */ (name)));
  }
});
