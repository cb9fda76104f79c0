import { type AuditLine, type ExportAudit, mistakeSaid, type SignedPlace } from '@vox/contracts';
import { digest, PageReceipt } from '@vox/platform/crypto';
import { invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Receipts } from '../../vault/mod.ts';
import type { Entry } from '../decide/chain.ts';
import { pageOf } from '../decide/page.ts';
import type { AuditLog, Range } from '../keep/audit-log.ts';
import { type ActDependencies, recorded } from './record-act.ts';

type Asked = z.infer<(typeof ExportAudit)['request']>;
type Reply = z.input<(typeof ExportAudit)['reply']>;
type Wanted = Pick<Asked, 'tenantId' | 'filter' | 'from'>;

type PageDependencies = Readonly<{
  auditLog: Pick<AuditLog, 'anchor' | 'head' | 'entries' | 'checkpoints'>;
  receipts: Pick<Receipts, 'sign'>;
}>;

/** Places that one question looks at, so that it is answered in time whatever the filter lets through. */
const placesMax = 500;
/** What a page holds at most, well below what the bus carries in one message. */
const pageBytesMax = 400_000;
const recordedMax = 10_000;

/**
 * Exports one page. What it covers is signed, so that a page or a line that is left out of the file shows. An export of
 * many pages is one act.
 */
export function exportAudit(dependencies: ActDependencies & PageDependencies) {
  const recordedActs = new Set<string>();
  return async (asked: Asked): Promise<Reply> => {
    const { tenantId, filter, from, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'audit.export', target: `audit:${tenantId}` };
    const hour = dependencies.clock.now().toISOString().slice(0, 13);
    const id = `export:${digest(requestId, actor, JSON.stringify(filter), hour)}`;
    const page = await recorded(dependencies, act, () => signedPage(dependencies, { tenantId, filter, from }), {
      record: recordedActs.has(id) ? 'refusals' : 'all',
      id,
    });
    if (recordedActs.size >= recordedMax) recordedActs.clear();
    recordedActs.add(id);
    return page;
  };
}

async function signedPage(
  { auditLog, receipts }: PageDependencies,
  { tenantId, filter, from }: Wanted,
): Promise<Reply> {
  const anchor = await auditLog.anchor(tenantId);
  const begins = anchor?.sequence ?? 0;
  const { after, upto } = from ?? { after: begins, upto: (await auditLog.head(tenantId)).sequence };
  if (after < begins) throw invalidField('from.after', mistakeSaid('entry-removed'));
  const { entries, end } = await partOf(auditLog, tenantId, { after, upto });
  const checkpoints: SignedPlace[] = [];
  for await (const place of auditLog.checkpoints(tenantId, { after, upto: end })) checkpoints.push(place);
  const covered = { tenantId, filter, after, upto: end, last: end >= upto };
  const { says, lines } = pageOf(covered, entries, checkpoints, digest);
  const receipt = await receipts.sign(PageReceipt, `audit-page:${digest(JSON.stringify(says))}`, says);
  const opening: AuditLine[] = [{ kind: 'export', tenantId, filter }];
  if (anchor !== undefined) opening.push({ kind: 'anchor', ...anchor });
  return {
    lines: [...(from === undefined ? opening : []), ...lines, { kind: 'page', receipt }],
    next: says.last ? null : { after: end, upto },
  };
}

/** Reads the part of a chain behind a place, as much of it as one message carries. */
async function partOf(auditLog: Pick<AuditLog, 'entries'>, tenantId: string, { after, upto }: Required<Range>) {
  const entries: Entry[] = [];
  let end = Math.min(upto, after + placesMax);
  let bytes = 0;
  for await (const entry of auditLog.entries(tenantId, { after, upto: end })) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (bytes > pageBytesMax && entries.length > 0) {
      end = entry.sequence - 1;
      break;
    }
    entries.push(entry);
  }
  return { entries, end };
}
