import { join, relative } from "node:path";
import type { Command } from "commander";
import { AnalyzerClient } from "../../client";
import { type Analysis, describeFix, type Diagnostic } from "../../protocol";
import { type CommandContext, modelFilePath } from "../command";
import { formatModel } from "../../format";

interface SummaryOptions {
  json?: boolean;
}

export function registerSummary(program: Command, context: CommandContext): void {
  const command = program
    .command("summary")
    .description("print the models of a file: layers, output shapes, parameters")
    .argument("<file>", "a model file")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: SummaryOptions) => {
      const path = modelFilePath(command, file);
      process.exitCode = await summary(path, options, context);
    });
}

async function summary(file: string, { json = false }: SummaryOptions, context: CommandContext): Promise<number> {
  const analysis = await analyze(file, context);
  if (json) context.print(JSON.stringify(analysis));
  else if (analysis.models.length > 0) context.print(analysis.models.map(formatModel).join("\n\n"));
  for (const diagnostic of analysis.diagnostics) {
    context.log(formatDiagnostic(diagnostic));
    for (const fix of diagnostic.fixes) context.log(`  fix: ${describeFix(fix)}`);
  }
  return analysis.diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** Everything that is known of a file, fixes included. */
async function analyze(file: string, { scripts, interruption, log }: CommandContext): Promise<Analysis> {
  const client = new AnalyzerClient({ script: join(scripts, "analyzer.js"), log });
  try {
    const { analysis } = await client.analyze(file, { signal: interruption });
    const diagnostics = analysis.diagnostics.length === 0 ? [] : await client.fixes(file, { signal: interruption });
    return { ...analysis, diagnostics };
  } finally {
    await client.dispose();
  }
}

function formatDiagnostic({ file, line, column, severity, message, code }: Diagnostic): string {
  return `${relative(process.cwd(), file)}:${line}:${column}: ${severity}: ${message} [${code}]`;
}
