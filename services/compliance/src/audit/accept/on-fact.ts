import type { Fact } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import type { Needs } from '../../dependencies.ts';
import { recordedOf } from '../command/record-fact.ts';
import { link } from '../decide/chain.ts';

/** Every fact becomes an entry of its tenant's audit log, but those that must leave none. */
export const onFact =
  (needs: Pick<Needs, 'auditLog' | 'vault'>) =>
  async (fact: Fact): Promise<Outcome> => {
    const { tenantId } = fact.data as { tenantId: string };
    const recorded = await recordedOf(needs, fact);
    if (recorded === undefined) return 'ack';
    await needs.auditLog.append(tenantId, recorded.factId, (head) => link(tenantId, head, recorded, digest));
    return 'ack';
  };
