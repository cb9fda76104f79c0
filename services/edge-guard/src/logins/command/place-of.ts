import { createHmac } from 'node:crypto';
import { nearnessOf } from '../decide/place.ts';

export type PlaceDependencies = Readonly<{
  /** What addresses are hashed under before anybody else hears of them. */
  addressKey: Uint8Array;
}>;

/**
 * The class of an address, and for a public one a mark that its network shares: so a member sees whether a login comes
 * from where they are, and nobody learns where that is.
 */
export function placeOf({ addressKey }: PlaceDependencies, ip: string): string {
  const near = nearnessOf(ip);
  if (near.kind !== 'public') return near.kind;
  const mark = createHmac('sha256', addressKey).update(`network ${near.network}`).digest('base64url');
  return `network n_${mark.slice(0, 8)}`;
}
