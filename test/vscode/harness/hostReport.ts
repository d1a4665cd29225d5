import { z } from "zod";

/** The environment variable that names the socket to which the extension host reports. */
export const REPORT_SOCKET = "LAYERWISE_TEST_REPORT_SOCKET";

/** One line of JSON from the extension host about its mocha run. */
export const hostReport = z.discriminatedUnion("event", [
  z.object({ event: z.literal("start"), title: z.string() }),
  z.object({ event: z.literal("test"), title: z.string(), outcome: z.enum(["passed", "failed", "pending"]), error: z.string() }),
  z.object({ event: z.literal("end") }),
]);

export type HostReport = z.infer<typeof hostReport>;
export type HostTest = Extract<HostReport, { event: "test" }>;
