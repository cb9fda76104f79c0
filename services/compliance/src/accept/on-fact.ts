import type { Verdict } from '@vox/shared/bus';
import type { Fact } from '@vox/shared/contracts';
import { digest } from '@vox/shared/crypto';
import { link, type Recorded } from '../decide/chain.ts';
import type { Needs } from './needs.ts';

const recordedOf = ({ id, type, source, subject, time, traceparent, data }: Fact): Recorded => ({
  factId: id,
  type,
  source,
  subject,
  time,
  traceparent: traceparent ?? null,
  data: JSON.stringify(data),
});

/** Every fact becomes an entry of its tenant's audit log. */
export const onFact =
  ({ auditLog }: Needs) =>
  async (fact: Fact): Promise<Verdict> => {
    const { tenantId } = fact.data as { tenantId: string };
    const recorded = recordedOf(fact);
    await auditLog.append(tenantId, fact.id, (head) => link(tenantId, head, recorded, digest));
    return 'done';
  };
