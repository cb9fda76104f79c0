import { type Asked, check } from '../../checks/mod.ts';
import { limitKeyOf } from '../../client/mod.ts';
import type { Caller } from '../../identity/mod.ts';
import type { Once, OnceDependencies } from '../command/begin-once.ts';
import { scopeOf } from '../decide/scope.ts';
import { beginUnderKey } from './begin-under-key.ts';

type Needs = Asked &
  Readonly<{ tenantId: string; caller: Caller; ip: string; origin: string; body: Readonly<{ bot?: unknown }> }>;
type Adds = Readonly<{
  /** Set when the request carries an Idempotency-Key. */
  once: Once | undefined;
}>;

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
      const { bot: _proof, ...asked } = body;
      const scope = scopeOf({ tenantId, caller, address: limitKeyOf(ip), origin });
      return { once: await beginUnderKey(dependencies, request, scope, asked) };
    },
  afterRefusal:
    () =>
    async ({ once }: Needs & Adds) =>
      once?.release(),
});
