import { join } from "node:path";
import { EvaluatorRequest, type EvaluatorMessage } from "../evaluation";
import { garbageCollector } from "./garbageCollector";
import { type Realm, RealmScript } from "./realm";

/** So many realms may be over before they are taken away: V8 waits for far more, and each holds megabytes. */
const REALMS_KEPT = 6;

/** The evaluator's process: one realm is always warm, and each serves one request. */
const script = new RealmScript(join(import.meta.dirname, "realm.js"));
const collectGarbage = garbageCollector();
let served = 0;
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
    // After the answer has left, while nobody waits: realms that are over go, and the next one is made.
    .then(() =>
      setImmediate(() => {
        if (++served % REALMS_KEPT === 0) collectGarbage();
        warm ??= script.newRealm();
      }),
    );
});
process.on("disconnect", () => process.exit());
send({ type: "ready" });
