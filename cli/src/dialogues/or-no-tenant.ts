import { ShowTenant } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Operator } from '../reach/operator.ts';

/** Answers the rows. Throws when there are none because the tenant does not exist: its name may be mistyped. */
export async function orNoTenant<T>(
  { ask }: Pick<Operator, 'ask'>,
  tenantId: string,
  rows: readonly T[],
): Promise<readonly T[]> {
  if (rows.length > 0 || tenantId.startsWith('_')) return rows;
  try {
    await ask(ShowTenant, { tenantId });
  } catch (error) {
    // Auth may be down. Then the empty list is the answer.
    if (error instanceof Fault && error.code === 'NOT_FOUND') throw error;
  }
  return rows;
}
