import type { AuditLine, ExportAudit, ListAudit, SignedPlace } from '@vox/contracts';
import { digest, PageReceipt } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import type { Entry } from '../decide/chain.ts';
import { pageOf, passes } from '../decide/export.ts';
import type { Range } from '../keep/audit-log.ts';
import { recorded } from './record-act.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.input<Q['reply']>;
type PageNeeds = Pick<Needs, 'auditLog' | 'authority' | 'vault' | 'receipts' | 'clock' | 'uuid'>;

/** Places that one question looks at, so that it is answered in time whatever the filter lets through. */
const placesMax = 500;
/** What a page holds at most, well below what the bus carries in one message. */
const pageBytesMax = 400_000;
const rememberedMax = 10_000;

/** Reads the part of a chain behind a place, as much of it as one message carries. */
async function part(needs: PageNeeds, tenantId: string, { after, upto }: Required<Range>) {
  const entries: Entry[] = [];
  let end = Math.min(upto, after + placesMax);
  let bytes = 0;
  for await (const entry of needs.auditLog.entries(tenantId, { after, upto: end })) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (bytes > pageBytesMax && entries.length > 0) {
      end = entry.sequence - 1;
      break;
    }
    entries.push(entry);
  }
  return { entries, end };
}

/** One page of an export. What it covers is signed, so that a page or a line that is left out of the file shows. */
export function answerExport(needs: PageNeeds) {
  const known = new Set<string>();
  return async (asked: Asked<typeof ExportAudit>): Promise<Reply<typeof ExportAudit>> => {
    const { tenantId, filter, from, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'audit.export', target: `audit:${tenantId}` };
    const hour = needs.clock.now().toISOString().slice(0, 13);
    const id = `export:${digest(requestId, actor, JSON.stringify(filter), hour)}`;
    const page = await recorded(needs, act, () => exported(needs, { tenantId, filter, from }), {
      record: known.has(id) ? 'refusals' : 'all',
      id,
    });
    if (known.size >= rememberedMax) known.clear();
    known.add(id);
    return page;
  };
}

type Wanted = Pick<Asked<typeof ExportAudit>, 'tenantId' | 'filter' | 'from'>;

async function exported(needs: PageNeeds, { tenantId, filter, from }: Wanted): Promise<Reply<typeof ExportAudit>> {
  const { auditLog, receipts } = needs;
  const anchor = await auditLog.anchor(tenantId);
  const begins = anchor?.sequence ?? 0;
  const { after, upto } = from ?? { after: begins, upto: (await auditLog.head(tenantId)).sequence };
  if (after < begins)
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: 'from.after', message: 'was removed meanwhile, its retention is over: begin again' }],
    });
  const { entries, end } = await part(needs, tenantId, { after, upto });
  const checkpoints: SignedPlace[] = [];
  for await (const place of auditLog.checkpoints(tenantId, { after, upto: end })) checkpoints.push(place);
  const { says, lines } = pageOf(
    { tenantId, filter, after, upto: end, last: end >= upto },
    entries,
    checkpoints,
    digest,
  );
  const receipt = await receipts.sign(PageReceipt, `audit-page:${digest(JSON.stringify(says))}`, says);
  const opening: AuditLine[] = [{ kind: 'export', tenantId, filter }];
  if (anchor !== undefined) opening.push({ kind: 'anchor', ...anchor });
  return {
    lines: [...(from === undefined ? opening : []), ...lines, { kind: 'page', receipt }],
    next: says.last ? null : { after: end, upto },
  };
}

/** The newest entries that a filter lets through, looking back over so many places at once. */
export const answerList =
  (needs: PageNeeds) =>
  async (asked: Asked<typeof ListAudit>): Promise<Reply<typeof ListAudit>> => {
    const { tenantId, filter, limit, before, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'audit.read', target: `audit:${tenantId}` };
    return recorded(needs, act, async () => {
      const begins = (await needs.auditLog.anchor(tenantId))?.sequence ?? 0;
      const upto = before === undefined ? (await needs.auditLog.head(tenantId)).sequence : before - 1;
      const after = Math.max(begins, upto - placesMax);
      const found: Entry[] = [];
      for await (const entry of needs.auditLog.entries(tenantId, { after, upto }))
        if (passes(filter, entry)) found.push(entry);
      const entries = found.slice(-limit);
      const first = found.length > limit ? entries[0]?.sequence : after + 1;
      return { entries, earlier: first === undefined || first <= begins + 1 ? null : first };
    });
  };
