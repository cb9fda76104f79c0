import type { Clock } from '@vox/platform/time';
import { awaited, type CheckpointPace, type CheckpointPlace, hurried, trustedMs } from '../decide/checkpoint-place.ts';
import type { AuditLog } from './audit-log.ts';
import type { CheckpointPlaces } from './checkpoint-places.ts';

type HeldPlace = { checkpointed: number; untilMs: number };
type CheckpointDependencies = Readonly<{ checkpointPlaces: CheckpointPlaces; clock: Clock; pace: CheckpointPace }>;
type Decide = (known: CheckpointPlace | undefined, nowMs: number) => CheckpointPlace;

const heldMax = 10_000;

/**
 * The audit log, so that every chain that is appended to is due for a checkpoint first: one write for each tenant and
 * while, not one for each entry.
 */
export function checkpointedLog(log: AuditLog, { checkpointPlaces, clock, pace }: CheckpointDependencies): AuditLog {
  const held = new Map<string, Promise<HeldPlace>>();

  async function write(tenantId: string, decide: Decide): Promise<HeldPlace> {
    const nowMs = clock.now().getTime();
    const { checkpointed } = await checkpointPlaces.update<CheckpointPlace>(tenantId, (known) => {
      const state = decide(known, nowMs);
      return { result: state, state };
    });
    return { checkpointed, untilMs: nowMs + trustedMs(pace) };
  }
  function hold(tenantId: string, writing: Promise<HeldPlace>): Promise<HeldPlace> {
    if (held.size >= heldMax) held.clear();
    held.set(tenantId, writing);
    writing.catch(() => held.get(tenantId) === writing && held.delete(tenantId));
    return writing;
  }
  /**
   * Whoever finds no place, or an old one, waits for one and the same write: it is one document, and they may be
   * hundreds.
   */
  async function placeOf(tenantId: string): Promise<HeldPlace> {
    const holding = held.get(tenantId);
    const before = await holding?.catch(() => undefined);
    if (before !== undefined && before.untilMs > clock.now().getTime()) return before;
    const newer = held.get(tenantId);
    if (newer !== undefined && newer !== holding) return newer;
    return hold(
      tenantId,
      write(tenantId, (known, nowMs) => awaited(known, nowMs, pace)),
    );
  }

  return {
    ...log,
    async append(tenantId, factId, follow) {
      const place = await placeOf(tenantId);
      let sequence = 0;
      await log.append(tenantId, factId, (head) => {
        const entry = follow(head);
        sequence = entry.sequence;
        return entry;
      });
      if (sequence - place.checkpointed < pace.everyEntries) return;
      place.checkpointed = sequence;
      await write(tenantId, (known, nowMs) => hurried(awaited(known, nowMs, pace), nowMs));
    },
  };
}
