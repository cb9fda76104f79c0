import { makeFact, SecretChanged } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { BookEntry } from './decide/book.ts';

/** Publishes what became of a secret. Published again, it is the same fact. */
export async function publishBookEntry(
  bus: Pick<Bus, 'publish'>,
  tenantId: string,
  { id, by, traceparent, atMs, name, version, change, hosts }: BookEntry,
): Promise<void> {
  const head = { id, source: 'auth', at: new Date(atMs), traceparent };
  const data = { tenantId, name, version, change, hosts: [...hosts], ...by };
  await bus.publish(SecretChanged, makeFact(SecretChanged, head, data));
}
