import type { ListAudit } from '@vox/contracts';
import type { z } from 'zod';
import type { Entry } from '../decide/chain.ts';
import { passes } from '../decide/page.ts';
import type { AuditLog } from '../keep/audit-log.ts';
import { type ActDependencies, recorded } from './record-act.ts';

type Asked = z.infer<(typeof ListAudit)['request']>;
type Reply = z.input<(typeof ListAudit)['reply']>;

type ListDependencies = ActDependencies & Readonly<{ auditLog: Pick<AuditLog, 'anchor' | 'head' | 'entries'> }>;

/** Places that one question looks at, so that it is answered in time whatever the filter lets through. */
const placesMax = 500;

/** Lists the newest entries that a filter lets through, looking back over so many places at once. */
export const listAudit =
  (dependencies: ListDependencies) =>
  async (asked: Asked): Promise<Reply> => {
    const { tenantId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'audit.read', target: `audit:${tenantId}` };
    return recorded(dependencies, act, () => newestOf(dependencies, asked));
  };

async function newestOf({ auditLog }: ListDependencies, { tenantId, filter, limit, before }: Asked): Promise<Reply> {
  const begins = (await auditLog.anchor(tenantId))?.sequence ?? 0;
  const upto = before === undefined ? (await auditLog.head(tenantId)).sequence : before - 1;
  const after = Math.max(begins, upto - placesMax);
  const found: Entry[] = [];
  for await (const entry of auditLog.entries(tenantId, { after, upto })) if (passes(filter, entry)) found.push(entry);
  const entries = found.slice(-limit);
  const first = found.length > limit ? entries[0]?.sequence : after + 1;
  return { entries, earlier: first === undefined || first <= begins + 1 ? null : first };
}
