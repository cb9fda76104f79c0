import { ShowTenant } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Operator } from '../reach/operator.ts';

/** A list as it is, but an empty one only of a tenant that there is: of a mistyped name, “nothing” would be a wrong answer. */
export async function orNoTenant<T>(
  { ask }: Pick<Operator, 'ask'>,
  tenantId: string,
  rows: readonly T[],
): Promise<readonly T[]> {
  if (rows.length > 0 || tenantId.startsWith('_')) return rows;
  try {
    await ask(ShowTenant, { tenantId });
  } catch (error) {
    // Whoever knows tenants may be down: then an empty list stands as it is.
    if (error instanceof Fault && error.code === 'NOT_FOUND') throw error;
  }
  return rows;
}
