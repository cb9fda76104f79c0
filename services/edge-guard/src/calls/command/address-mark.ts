import { createHmac } from 'node:crypto';
import { limitKeyOf } from '../../client/decide/address.ts';
import type { Needs } from '../../dependencies.ts';

/** A client's address as others may count by it: of one tenant always the same, of two never, and only whoever has the edge's secret can tell whose it is. */
export function addressMarkOf({ addressKey }: Pick<Needs, 'addressKey'>, tenantId: string, ip: string): string {
  const hash = createHmac('sha256', addressKey)
    .update(`${tenantId} ${limitKeyOf(ip)}`)
    .digest('base64url');
  return `a_${hash.slice(0, 22)}`;
}
