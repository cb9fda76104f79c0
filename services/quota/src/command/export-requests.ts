import type { ExportFrom, HeldRecord, PersonReference } from '@vox/contracts';
import type { z } from 'zod';
import { isOfTenant, type RequestRecord } from '../decide/record.ts';
import { usedBy } from '../decide/recorded-usage.ts';
import type { Requests } from '../keep/requests.ts';

type Exported = z.input<(typeof ExportFrom.quota)['reply']>;
export type ExportDependencies = Readonly<{ requests: Pick<Requests, 'read'> }>;

/** What was decided of a person's requests, and what its calls used, for as long as anybody could repeat them. */
export async function exportRequests(
  { requests }: ExportDependencies,
  { tenantId, sessionIds }: PersonReference,
): Promise<Exported> {
  const known = await Promise.all(
    sessionIds.map(async (sessionId) => ({ sessionId, record: await requests.read(sessionId) })),
  );
  return {
    records: known.flatMap(({ sessionId, record }) => (isOfTenant(record, tenantId) ? [shown(sessionId, record)] : [])),
  };
}

function shown(sessionId: string, record: RequestRecord): HeldRecord {
  const decidedAt = new Date(record.decidedAtMs).toISOString();
  const data =
    record.kind === 'denied'
      ? { decision: 'denied', reason: record.denial.reason, decidedAt }
      : { decision: 'admitted', decidedAt, agentId: record.agentId, model: record.model, used: { ...usedBy(record) } };
  return { kind: 'requests', id: sessionId, data };
}
