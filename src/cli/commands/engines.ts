import { join } from "node:path";
import type { Command } from "commander";
import { listEngines } from "../../client";
import type { CommandContext } from "../command";

export function registerEngines(program: Command, context: CommandContext): void {
  program
    .command("engines")
    .description("list what can compute here, and why not")
    .option("--json", "print one JSON object")
    .action(async ({ json = false }: { json?: boolean }) => {
      const engines = await listEngines(join(context.scripts, "trainer.js"), context.log);
      if (json) {
        context.print(JSON.stringify({ engines }));
        return;
      }
      for (const { name, available, version, device, reason } of engines) {
        context.print(
          available ? `${name} ${version ?? ""} on ${device ?? "?"}: ${reason}` : `${name}: not available. ${reason}`,
        );
      }
    });
}
