import { createHmac } from 'node:crypto';
import { limitKeyOf } from '../../client/mod.ts';

/**
 * A client's address as others may count by it: of one tenant always the same, of two never. Only whoever has the
 * edge's secret can say whose it is.
 */
export function addressMarkOf(addressKey: Uint8Array, tenantId: string, ip: string): string {
  const hash = createHmac('sha256', addressKey)
    .update(`${tenantId} ${limitKeyOf(ip)}`)
    .digest('base64url');
  return `a_${hash.slice(0, 22)}`;
}
