import type { Vault } from '../../vault/mod.ts';
import { type ConsentStore, outboxTag, withdrawnTag } from '../keep/consents.ts';
import { openRecord } from '../keep/sealed-record.ts';
import { type PublishDependencies, publishConsents } from './publish-consents.ts';

type OutboxDependencies = PublishDependencies &
  Readonly<{ consents: Pick<ConsentStore, 'tagged'>; vault: Pick<Vault, 'box'> }>;

const pageMax = 100;

/** Publishes what a crash left in the outbox. Several copies may run it at once. */
export const publishOutbox = (dependencies: OutboxDependencies): Promise<void> =>
  publishTagged(dependencies, outboxTag);

/** Shows the doors every withdrawal again: the bus may have lost them with its folder. */
export const showAllWithdrawals = (dependencies: OutboxDependencies): Promise<void> =>
  publishTagged(dependencies, withdrawnTag);

async function publishTagged(dependencies: OutboxDependencies, tag: string): Promise<void> {
  for (let after: string | undefined; ; ) {
    const part = await dependencies.consents.tagged(tag, pageMax, after);
    for (const { state } of part) {
      const box = await dependencies.vault.box(state);
      const last = state.records.at(-1);
      const opened = box && last && openRecord(box, last);
      if (opened !== undefined) await publishConsents(dependencies, state, opened.visitorId);
    }
    after = part.at(-1)?.key;
    if (part.length < pageMax) return;
  }
}
