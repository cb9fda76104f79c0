import { invalidField } from '@vox/platform/fault';
import { z } from 'zod';
import { type Asked, check } from '../../checks/mod.ts';
import { limitKeyOf } from '../../client/mod.ts';
import type { Caller } from '../../identity/mod.ts';
import { beginOnce, type Once, type OnceDependencies } from '../command/begin-once.ts';
import { scopeOf } from '../decide/scope.ts';

type Needs = Asked &
  Readonly<{ tenantId: string; caller: Caller; ip: string; origin: string; body: Readonly<{ bot?: unknown }> }>;
type Adds = Readonly<{
  /** Set when the request carries an Idempotency-Key. */
  once: Once | undefined;
}>;

const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/**
 * Begins a request under its Idempotency-Key header (IETF draft-ietf-httpapi-idempotency-key-header), and gives the key
 * free again when the request comes to nothing. The bot proof is no part of what is asked for: it differs each time.
 * While the store is down, this copy alone knows the keys.
 */
export const idempotency = check({
  name: 'idempotency',
  whenDown: 'degrade',
  run:
    (dependencies: OnceDependencies) =>
    async ({ request, tenantId, caller, ip, origin, body }: Needs): Promise<Adds> => {
      const given = request.get('idempotency-key');
      if (given === undefined) return { once: undefined };
      if (!Key.safeParse(given).success)
        throw invalidField('Idempotency-Key', 'must be 1–255 visible ASCII characters');
      const { bot: _proof, ...asked } = body;
      const scope = scopeOf({ tenantId, caller, address: limitKeyOf(ip), origin });
      return { once: await beginOnce(dependencies, { scope, given, asked }) };
    },
  afterRefusal:
    () =>
    async ({ once }: Needs & Adds) =>
      once?.release(),
});
