import type { z } from 'zod';
import type { Clock } from '../time/mod.ts';
import { type PrivateKey, type Signer, type Stamp, type TokenKind, tokenSigner } from './token.ts';

export type Lease = PrivateKey & Readonly<{ signUntil: string }>;

/**
 * Signs tokens with a key that the identity service leases. The key is renewed in the background when half of its lease
 * is over. Only without a valid lease does a token wait for the renewal, and it fails when the renewal fails.
 */
export function leasedSigner<C extends z.ZodType>(
  kind: TokenKind<C>,
  lend: () => Promise<Lease>,
  clock: Clock,
): Signer<z.input<C>> {
  type Held = { sign: Signer<z.input<C>>; renewAtMs: number; untilMs: number };
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;

  const renew = (): Promise<Held> => {
    asking ??= lend()
      .then(async (lease) => {
        const now = clock.now().getTime();
        const untilMs = Date.parse(lease.signUntil);
        held = { sign: await tokenSigner(kind, lease), renewAtMs: now + (untilMs - now) / 2, untilMs };
        return held;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };

  return async (claims: z.input<C>, stamp: Stamp) => {
    const now = clock.now().getTime();
    if (held === undefined || held.untilMs <= now) return (await renew()).sign(claims, stamp);
    // The lease still holds, so the next token retries a renewal that fails now.
    if (held.renewAtMs <= now) void renew().catch(() => undefined);
    return held.sign(claims, stamp);
  };
}
