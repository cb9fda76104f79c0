import { Acted, type Acting, type AuditAct, makeFact, platform } from '@vox/contracts';
import { digest } from '../crypto/mod.ts';
import { Fault } from '../fault/mod.ts';
import type { Clock } from '../time/mod.ts';
import type { Facts } from './bus.ts';

/** What an act is published with. */
export type ActPublisher = Readonly<{
  bus: Pick<Facts, 'publish'>;
  source: string;
  clock: Clock;
  /** Whether there is such a tenant. An act on an unknown tenant stands in the platform's own log. */
  knows: (tenantId: string) => Promise<boolean> | boolean;
}>;

/** The act and its target. The question says who asks. */
export type ActOf = Pick<AuditAct, 'action' | 'target'> & Readonly<{ tenantId: string }>;

/**
 * Publishes a sensitive act that no other fact records. Acts under one `id` are one; left out, each is one of its own.
 * Throws Fault UNAVAILABLE if the stream does not confirm it.
 */
export async function publishAct(
  { bus, source, clock, knows }: ActPublisher,
  { tenantId, action, target }: ActOf,
  { actor, reason, requestId }: Acting,
  { id: given, ...over }: Pick<AuditAct, 'outcome' | 'details'> & Readonly<{ id?: string | undefined }>,
): Promise<void> {
  const at = clock.now();
  const own = () => digest(actor, action, target, requestId ?? '', at.toISOString(), over.outcome);
  const id = `act:${given ?? own()}`;
  const owner = (await knows(tenantId)) ? tenantId : platform;
  const data = { tenantId: owner, action, target, actor, reason, requestId, ...over };
  await bus.publish(Acted, makeFact(Acted, { id, source, at }, data));
}

/**
 * Answers a sensitive question. A refusal is answered once the audit log has it. Something that broke is no refusal,
 * and the question may be asked again.
 */
export const publishingRefusals =
  <Q, A>(publisher: ActPublisher, actOf: (asked: Q) => ActOf & { by: Acting }, handle: (asked: Q) => Promise<A>) =>
  async (asked: Q): Promise<A> => {
    try {
      return await handle(asked);
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'UNAVAILABLE' || error.code === 'INTERNAL') throw error;
      const { by, ...act } = actOf(asked);
      await publishAct(publisher, act, by, { outcome: 'refused', details: { code: error.code } });
      throw error;
    }
  };
