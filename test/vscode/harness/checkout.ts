import { fileURLToPath } from "node:url";

/** The project's root, absolute. */
export const checkout = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
