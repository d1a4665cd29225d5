import { join } from "node:path";
import { EvaluatorRequest, type EvaluatorMessage } from "../evaluation";
import { type Realm, RealmScript } from "./realm";

/** The evaluator's process: one realm is always warm, and each serves one request. */
const script = new RealmScript(join(import.meta.dirname, "realm.js"));
let warm: Realm | undefined = script.newRealm();

function send(message: EvaluatorMessage): void {
  process.send?.(message);
}

process.on("message", (raw) => {
  const { id, code, timeLimit } = EvaluatorRequest.parse(raw);
  const realm = warm ?? script.newRealm();
  warm = undefined;
  void realm
    .evaluate(code, timeLimit)
    .then(
      (outcome) => send({ type: "evaluated", id, ...outcome }),
      (error: unknown) => send({ type: "failed", id, message: error instanceof Error ? error.message : String(error) }),
    )
    // After the answer has left: the next realm is made while nobody waits.
    .then(() => setImmediate(() => (warm ??= script.newRealm())));
});
process.on("disconnect", () => process.exit());
send({ type: "ready" });
