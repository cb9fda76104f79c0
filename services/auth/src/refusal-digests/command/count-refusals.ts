import { digest as hashOf } from '@vox/platform/crypto';
import { weekOf, withRefusals } from '../decide.ts';
import { type Digests, type RefusalParts, weekKeyOf } from '../keep/digests.ts';

export type CountRefusalsDependencies = Readonly<{
  digests: Pick<Digests, 'read' | 'decideOnce'>;
  refusalParts: Pick<RefusalParts, 'update'>;
}>;

type Refused = Readonly<{ id: string; tenantId: string; code: string; count: number; atMs: number }>;

const hashLength = 11;

/**
 * Counts what was refused, once, however often it is told. What is heard more than half a day after the end of its week
 * comes too late: the week is told by then.
 */
export async function countRefusals(
  { digests, refusalParts }: CountRefusalsDependencies,
  { id, tenantId, code, count, atMs }: Refused,
): Promise<void> {
  const week = weekOf(atMs);
  const key = weekKeyOf({ tenantId, week });
  const propose = () => ({ tenantId, week, state: 'counting' as const, byCode: {} });
  const { state } = await digests.decideOnce(key, { isRepeated: true, propose });
  if (state.state !== 'counting') return;
  const hash = hashOf('refusal', id).slice(0, hashLength);
  await refusalParts.update(`${key}/${hash.slice(0, 1)}`, (known) => {
    const before = known ?? { tenantId, week, byCode: {}, seen: [] };
    const next = withRefusals(before, { id: hash, code, count });
    return next === before ? { result: undefined } : { result: undefined, state: next };
  });
}
