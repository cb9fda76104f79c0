import type { EraseFrom, ExportFrom, HeldRecord, PersonReference } from '@vox/contracts';
import type { z } from 'zod';
import { isAbout, type RequestRecord, usedBy } from '../decide/record.ts';
import type { Needs } from './needs.ts';

type Exported = z.input<(typeof ExportFrom.quota)['reply']>;
type Erased = z.input<(typeof EraseFrom.quota)['reply']>;

/** What was decided of a person's requests, and what its calls used, for as long as anybody could repeat them. */
export const answerExport =
  ({ requests }: Pick<Needs, 'requests'>) =>
  async (whose: PersonReference): Promise<Exported> => {
    const known = await Promise.all(
      whose.sessionIds.map(async (sessionId) => ({ sessionId, record: await requests.read(sessionId) })),
    );
    return {
      records: known.flatMap(({ sessionId, record }) => (isAbout(record, whose) ? [shown(sessionId, record)] : [])),
    };
  };

function shown(sessionId: string, record: RequestRecord): HeldRecord {
  const decidedAt = new Date(record.decidedAtMs).toISOString();
  const data =
    record.kind === 'denied'
      ? { decision: 'denied', reason: record.denial.reason, decidedAt }
      : { decision: 'admitted', decidedAt, agentId: record.agentId, model: record.model, used: { ...usedBy(record) } };
  return { kind: 'requests', id: sessionId, data };
}

/** Quota keeps what calls used, and not whose they were: nothing is left to erase. It answers all the same, as every service must. */
export const answerErase = async (): Promise<Erased> => ({ erased: 0 });
