import { digest } from '@vox/platform/crypto';
import { utcDayOf, type What, withDecided } from '../decide.ts';
import { type CallDays, callDayTag } from '../keep.ts';

export type CountDecisionDependencies = Readonly<{ callDays: Pick<CallDays, 'update'> }>;

type Counted = Readonly<{ id: string; tenantId: string; what: What; count: number; atMs: number }>;

const hashLength = 11;

/** Counts what was decided of a tenant’s calls, once, however often it is told. */
export async function countDecision(
  { callDays }: CountDecisionDependencies,
  { id, tenantId, what, count, atMs }: Counted,
): Promise<void> {
  const day = utcDayOf(atMs);
  const fact = digest('decided', id).slice(0, hashLength);
  await callDays.update(`${callDayTag({ tenantId, day })}/${fact.slice(0, 1)}`, (known) => {
    const before = known ?? { tenantId, day, counts: {}, seen: [] };
    const state = withDecided(before, { fact, what, count, atMs });
    return state === before ? { result: undefined } : { result: undefined, state };
  });
}
