import type { Clock } from '@vox/platform/time';
import { type CheckpointPace, hurried, type Mark, marked, trustedMs } from '../decide/checkpoint-place.ts';
import type { AuditLog } from './audit-log.ts';
import type { AuditMarks } from './checkpoint-places.ts';

type Known = { checkpointed: number; untilMs: number };
type MarkingNeeds = Readonly<{ auditMarks: AuditMarks; clock: Clock; pace: CheckpointPace }>;

const heldMax = 10_000;

/** The audit log, so that every chain that is appended to is marked for a checkpoint first: one write for each tenant and while, not for each entry. */
export function marking(log: AuditLog, { auditMarks, clock, pace }: MarkingNeeds): AuditLog {
  const held = new Map<string, Promise<Known>>();

  async function mark(tenantId: string, decide: (known: Mark | undefined, nowMs: number) => Mark): Promise<Known> {
    const nowMs = clock.now().getTime();
    const { checkpointed } = await auditMarks.update<Mark>(tenantId, (known) => {
      const state = decide(known, nowMs);
      return { result: state, state };
    });
    return { checkpointed, untilMs: nowMs + trustedMs(pace) };
  }
  function hold(tenantId: string, marking: Promise<Known>): Promise<Known> {
    if (held.size >= heldMax) held.clear();
    held.set(tenantId, marking);
    marking.catch(() => held.get(tenantId) === marking && held.delete(tenantId));
    return marking;
  }
  /** All who find no mark, or an old one, wait for one and the same: it is one document, and they may be hundreds. */
  async function known(tenantId: string): Promise<Known> {
    const holding = held.get(tenantId);
    const before = await holding?.catch(() => undefined);
    if (before !== undefined && before.untilMs > clock.now().getTime()) return before;
    const newer = held.get(tenantId);
    if (newer !== undefined && newer !== holding) return newer;
    return hold(
      tenantId,
      mark(tenantId, (state, nowMs) => marked(state, nowMs, pace)),
    );
  }

  return {
    ...log,
    async append(tenantId, factId, follow) {
      const before = await known(tenantId);
      let sequence = 0;
      await log.append(tenantId, factId, (head) => {
        const entry = follow(head);
        sequence = entry.sequence;
        return entry;
      });
      if (sequence - before.checkpointed < pace.everyEntries) return;
      before.checkpointed = sequence;
      await mark(tenantId, (state, nowMs) => hurried(marked(state, nowMs, pace), nowMs));
    },
  };
}
