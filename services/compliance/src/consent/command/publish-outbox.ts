import { Fault } from '@vox/platform/fault';
import type { Log } from '@vox/platform/telemetry';
import { subjectDocumentKey, type Vault } from '../../vault/mod.ts';
import { type Consents, putAside, takenBack } from '../decide/consent.ts';
import { asideTag, type ConsentStore, outboxTag, withdrawnTag } from '../keep/consents.ts';
import { openRecord } from '../keep/sealed-record.ts';
import { type PublishDependencies, publishConsents } from './publish-consents.ts';

type OutboxDependencies = PublishDependencies &
  Readonly<{ consents: Pick<ConsentStore, 'tagged' | 'update'>; vault: Pick<Vault, 'box'>; log: Log }>;

const pageMax = 100;

/** Publishes what a crash left in the outbox. Several copies may run it at once. */
export const publishOutbox = (dependencies: OutboxDependencies): Promise<void> =>
  publishTagged(dependencies, outboxTag);

/**
 * Shows the doors every withdrawal again: the bus may have lost them with its folder. What was put aside is tried once
 * more: its key may be there again.
 */
export async function showAllWithdrawals(dependencies: OutboxDependencies): Promise<void> {
  await publishTagged(dependencies, withdrawnTag);
  await publishTagged(dependencies, asideTag);
}

/** One that cannot be opened keeps no other waiting. Throws at the end what may be better the next time. */
async function publishTagged(dependencies: OutboxDependencies, tag: string): Promise<void> {
  let later: unknown;
  for (let after: string | undefined; ; ) {
    const part = await dependencies.consents.tagged(tag, pageMax, after);
    for (const { state } of part) {
      const visitorId = await visitorOf(dependencies, state).catch((error: unknown) => {
        if (!(error instanceof Fault) || error.code !== 'UNAVAILABLE') return putRowAside(dependencies, state, error);
        later ??= error;
      });
      if (visitorId === undefined) continue;
      await publishConsents(dependencies, state, visitorId);
      if (state.aside) await change(dependencies, state, takenBack);
    }
    after = part.at(-1)?.key;
    if (part.length < pageMax) break;
  }
  if (later !== undefined) throw later;
}

/** Whose they are; `undefined` for somebody who is forgotten. Throws for what does not open. */
async function visitorOf({ vault }: OutboxDependencies, consents: Consents): Promise<string | undefined> {
  const box = await vault.box(consents);
  const last = consents.records.at(-1);
  if (box === undefined || last === undefined) return undefined;
  const opened = openRecord(box, last);
  if (opened === undefined) throw new Error('the sealed part of a consent does not open');
  return opened.visitorId;
}

/** It leaves the outbox, and stands in the log by names that lead to nobody, so that somebody looks at it. */
async function putRowAside(dependencies: OutboxDependencies, consents: Consents, error: unknown): Promise<undefined> {
  const { tenantId: tenant, subjectId: subject, records } = consents;
  const receipt = records.at(-1)?.receiptId;
  dependencies.log.error({ error, tenant, subject, receipt }, 'a consent does not open and is put aside');
  if (!consents.aside) await change(dependencies, consents, putAside);
}

const change = (
  { consents }: OutboxDependencies,
  { tenantId, subjectId }: Consents,
  next: (now: Consents) => Consents,
): Promise<void> =>
  consents.update(subjectDocumentKey(tenantId, subjectId), (now) =>
    now === undefined ? { result: undefined } : { result: undefined, state: next(now) },
  );
