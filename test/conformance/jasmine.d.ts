/** What the conformance run uses of jasmine 4, whose own types would clash with mocha's globals. */
declare module "jasmine" {
  export interface Spec {
    getFullName(): string;
  }

  export interface SpecResult {
    readonly fullName: string;
    readonly status: "passed" | "failed" | "pending" | "excluded";
    readonly failedExpectations: readonly { readonly message: string }[];
  }

  export interface Reporter {
    specDone?(result: SpecResult): void;
  }

  export default class Jasmine {
    exitOnCompletion: boolean;
    readonly env: { configure(options: { specFilter(spec: Spec): boolean }): void };
    loadConfig(config: { random: boolean; spec_files: readonly string[] }): void;
    clearReporters(): void;
    addReporter(reporter: Reporter): void;
    execute(): Promise<{ readonly overallStatus: string }>;
  }
}
