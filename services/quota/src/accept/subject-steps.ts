import type { EraseFrom, ExportFrom, HeldRecord, Whose } from '@vox/shared/contracts';
import type { z } from 'zod';
import { isAbout, type RequestRecord, usedBy, withoutPerson } from '../decide/record.ts';
import { giveBack } from './give-back.ts';
import type { Needs } from './needs.ts';

type Exported = z.input<(typeof ExportFrom.quota)['reply']>;
type Erased = z.input<(typeof EraseFrom.quota)['reply']>;

/** What was decided of a person's requests, and what its calls used, for as long as anybody could repeat them. */
export const answerExport =
  ({ requests }: Pick<Needs, 'requests'>) =>
  async (whose: Whose): Promise<Exported> => {
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

/** The books must still balance, so a record stays for its two days: without the person. */
export const answerErase =
  (needs: Needs) =>
  async (whose: Whose): Promise<Erased> => {
    const erased = await Promise.all(whose.sessionIds.map((sessionId) => erase(needs, whose, sessionId)));
    return { erased: erased.filter(Boolean).length };
  };

async function erase(needs: Needs, whose: Whose, sessionId: string): Promise<boolean> {
  const record = await needs.requests.change<RequestRecord | undefined>(sessionId, (now) => {
    const state = isAbout(now, whose) ? withoutPerson(now) : undefined;
    return state === undefined ? { result: undefined } : { result: state, state };
  });
  // The budget remembers for a moment whose hold it took.
  if (record?.kind === 'admitted') await giveBack(needs, record.budgetKey, sessionId);
  return record !== undefined;
}
