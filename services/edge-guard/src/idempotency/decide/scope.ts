import type { Caller } from '../../identity/mod.ts';

type Asker = Readonly<{
  tenantId: string;
  caller: Caller;
  /** What the client's address counts as. */
  address: string;
  origin: string;
}>;

/**
 * An idempotency key belongs to whoever proved itself, by what it proved itself with. A widget key proves no visitor,
 * so there the key belongs to the address of a page.
 */
export function scopeOf({ tenantId, caller, address, origin }: Asker): readonly string[] {
  const { identity } = caller;
  if (identity.kind === 'console') return ['login', tenantId, identity.userId];
  const { widgetKey, visitorId } = identity;
  return caller.kind === 'token'
    ? ['token', tenantId, widgetKey, visitorId, origin]
    : ['key', tenantId, widgetKey, address, origin];
}
