import { Acted, type Acting, type AuditAct, makeFact, platform } from '@vox/contracts';
import { digest } from '../crypto/mod.ts';
import { Fault } from '../fault/mod.ts';
import type { Clock } from '../time/mod.ts';
import type { Facts } from './bus.ts';

export type ActPublisher = Readonly<{
  bus: Pick<Facts, 'publish'>;
  source: string;
  clock: Clock;
  /** Whether there is such a tenant: what is asked of one that there is not stands in the platform’s own log. */
  knows: (tenantId: string) => Promise<boolean> | boolean;
}>;

/** What an act is and what it is done to; who asks comes with the question. */
export type ActOf = Pick<AuditAct, 'action' | 'target'> & Readonly<{ tenantId: string }>;

/** Tells the audit log of a sensitive act that no other fact tells of. Throws Fault UNAVAILABLE when it is not told. */
export async function publishAct(
  { bus, source, clock, knows }: ActPublisher,
  { tenantId, action, target }: ActOf,
  { actor, reason, requestId }: Acting,
  over: Pick<AuditAct, 'outcome' | 'details'>,
): Promise<void> {
  const at = clock.now();
  const id = `act:${digest(actor, action, target, requestId ?? '', at.toISOString(), over.outcome)}`;
  const whose = (await knows(tenantId)) ? tenantId : platform;
  const data = { tenantId: whose, action, target, actor, reason, requestId, ...over };
  await bus.publish(Acted, makeFact(Acted, { id, source, at }, data));
}

/** Answers a sensitive question. Who is refused hears so once the audit log was told; what broke is no refusal, and may be asked again. */
export const publishingRefusals =
  <Q, A>(telling: ActPublisher, actOf: (asked: Q) => ActOf & { by: Acting }, handle: (asked: Q) => Promise<A>) =>
  async (asked: Q): Promise<A> => {
    try {
      return await handle(asked);
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'UNAVAILABLE' || error.code === 'INTERNAL') throw error;
      const { by, ...act } = actOf(asked);
      await publishAct(telling, act, by, { outcome: 'refused', details: { code: error.code } });
      throw error;
    }
  };
