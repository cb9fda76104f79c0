import type { PolicyKey } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import { type Asked, check } from '../../checks/mod.ts';
import { mayCallFrom } from '../../tenant/mod.ts';
import { mayUseToken } from '../decide/origin.ts';

/** The origins under which browsers reach this door: what its own pages are of. */
export type OwnOrigins = Readonly<{ publicOrigins: ReadonlySet<string> }>;

type Token = Readonly<{ key: PolicyKey; claims: Readonly<{ origin: string }> }>;

/** A page of our own names with it the origin that may frame it. */
const framedByHeader = 'x-vox-framed-by';

/** Whether a page asks that may use this token, and the token's key is still bound to its origin. */
export function isOfTokenOrigin({ publicOrigins }: OwnOrigins, request: Request, { key, claims }: Token): boolean {
  const asker = { origin: request.get('origin'), framedBy: request.get(framedByHeader) };
  return mayCallFrom(key, claims.origin) && mayUseToken(claims.origin, asker, publicOrigins);
}

/** Refuses a page that may not use the widget token that it shows. */
export const tokenOrigin = check({
  name: 'token origin',
  whenDown: 'no store',
  run:
    (dependencies: OwnOrigins) =>
    ({ request, key, claims }: Asked & Token): { origin: string } => {
      if (!isOfTokenOrigin(dependencies, request, { key, claims })) throw new Fault('ORIGIN_MISMATCH');
      return { origin: claims.origin };
    },
});
