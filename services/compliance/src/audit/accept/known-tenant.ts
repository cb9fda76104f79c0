import { setTimeout as pause } from 'node:timers/promises';
import { platform } from '@vox/contracts';
import { Fault, noTenant } from '@vox/platform/fault';
import type { Needs } from '../../dependencies.ts';
import { recordAct } from '../command/record-act.ts';

type KnownNeeds = Pick<Needs, 'policies' | 'auditLog' | 'vault' | 'clock' | 'uuid'>;
type Asked = Readonly<{
  tenantId: string;
  actor?: string;
  reason?: string | undefined;
  requestId?: string | undefined;
}>;

/** A tenant that was created a moment ago stands in every replica by then. */
const replicatedMs = 250;

/**
 * Answers what is asked of a tenant that there is. Of another nothing is done or recorded in its name, so that no audit log of nobody's begins and no
 * keys of nobody's are made: throws Fault NOT_FOUND, which names it. Who asked on purpose stands in the platform's own log.
 */
export const ofTenant =
  <Q extends Asked, A>(needs: KnownNeeds, answer: (asked: Q) => Promise<A>) =>
  async (asked: Q): Promise<A> => {
    if (!(await isKnown(needs, asked.tenantId))) {
      const { tenantId, actor, reason, requestId } = asked;
      const act = { tenantId: platform, action: 'tenant.miss', target: `tenant:${tenantId}`, reason, requestId };
      if (actor !== undefined) await recordAct(needs, { ...act, actor, outcome: 'refused' });
      throw noTenant(tenantId);
    }
    return answer(asked);
  };

/** The same for an audit log, which can be read wherever there is one: it must prove itself also when the bus has lost every policy. */
export const ofLog =
  <Q extends Asked, A>(needs: KnownNeeds, answer: (asked: Q) => Promise<A>) =>
  async (asked: Q): Promise<A> =>
    (await needs.auditLog.head(asked.tenantId)).sequence > 0 ? answer(asked) : ofTenant(needs, answer)(asked);

async function isKnown({ policies }: KnownNeeds, tenantId: string): Promise<boolean> {
  if (tenantId === platform || policies.get(tenantId) !== undefined) return true;
  await pause(replicatedMs);
  if (policies.get(tenantId) !== undefined) return true;
  if (!policies.current()) throw new Fault('UNAVAILABLE', {}, { cause: new Error('a tenant could have been missed') });
  return false;
}
