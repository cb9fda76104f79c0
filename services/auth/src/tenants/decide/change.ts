import type { FieldMistake, Said } from '@vox/contracts';
import type { OutboxEntry, Stamp, Tenant, TenantEvent } from './tenant.ts';

/** What a decision makes of a tenant that is known. */
export type TenantDecision =
  | TenantChange
  | Readonly<{ kind: 'unchanged' }>
  /** The tenant has no such widget key, or the key is dead. */
  | Readonly<{ kind: 'no key' }>
  /** The tenant is not as its asker has read it. */
  | Readonly<{ kind: 'other version' }>
  | Readonly<{ kind: 'invalid'; path: string; said: Said<FieldMistake> }>;

/** What changes, and what others hear of it. */
export type TenantChange = Readonly<{ kind: 'change'; over: Partial<Tenant>; event: TenantEvent }>;

/** The tenant after a change: one version later, with one more entry in its outbox. */
export const changed = (tenant: Tenant, { over, event }: Omit<TenantChange, 'kind'>, stamp: Stamp): Tenant => ({
  ...tenant,
  ...over,
  version: tenant.version + 1,
  untold: [...tenant.untold, { ...stamp, what: event }],
});

/** The tenant without the entries that were published. */
export const withoutPublished = (tenant: Tenant, published: readonly OutboxEntry[]): Tenant => {
  const ids = new Set(published.map(({ id }) => id));
  return { ...tenant, untold: tenant.untold.filter(({ id }) => !ids.has(id)) };
};
