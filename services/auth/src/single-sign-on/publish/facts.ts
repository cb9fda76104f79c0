import {
  DomainProved,
  makeFact,
  SingleSignOnChanged,
  type SingleSignOnRefusal,
  SingleSignOnRefused,
  SingleSignOnRemoved,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { ConnectionEntry } from '../decide/connection.ts';

/** Publishes the fact of one change. Published again, it is the same fact. */
export async function publishConnectionEntry(
  bus: Pick<Bus, 'publish'>,
  tenantId: string,
  { id, by, traceparent, atMs, what }: ConnectionEntry,
): Promise<void> {
  const head = { id: `single-sign-on:${id}`, source: 'auth', at: new Date(atMs), traceparent };
  switch (what.kind) {
    case 'changed':
      await bus.publish(SingleSignOnChanged, makeFact(SingleSignOnChanged, head, { tenantId, ...by }));
      return;
    case 'removed':
      await bus.publish(SingleSignOnRemoved, makeFact(SingleSignOnRemoved, head, { tenantId, ...by }));
      return;
    case 'proved':
      await bus.publish(DomainProved, makeFact(DomainProved, head, { tenantId, domain: what.domain, ...by }));
  }
}

/** Publishes that somebody was not let in. `flowId` is not the state: it leads back to nothing. */
export async function publishRefusedSignIn(
  bus: Pick<Bus, 'publish'>,
  {
    flowId,
    at,
    ...data
  }: Readonly<{
    flowId: string;
    at: Date;
    tenantId: string;
    memberId?: string | undefined;
    why: SingleSignOnRefusal;
  }>,
): Promise<void> {
  const head = { id: `single-sign-on-refused:${flowId}`, source: 'auth', at };
  await bus.publish(SingleSignOnRefused, makeFact(SingleSignOnRefused, head, data));
}
