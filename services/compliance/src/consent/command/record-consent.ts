import { type ConsentChoice, ConsentReceipt } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import type { Clock } from '@vox/platform/time';
import { type Box, type Receipts, subjectDocumentKey, type Vault } from '../../vault/mod.ts';
import { type ConsentRecord, type Consents, record, sameAnswer } from '../decide/consent.ts';
import type { ConsentStore } from '../keep/consents.ts';
import { openRecord, sealRecord } from '../keep/sealed-record.ts';
import { type PublishDependencies, publishConsents } from './publish-consents.ts';

type SignDependencies = Readonly<{ receipts: Pick<Receipts, 'sign'>; uuid: () => string; clock: Clock }>;
export type ConsentDependencies = SignDependencies &
  PublishDependencies &
  Readonly<{ vault: Pick<Vault, 'open' | 'identify'>; consents: Pick<ConsentStore, 'update'> }>;

export type ConsentAnswer = Readonly<{
  tenantId: string;
  widgetKey: string;
  visitorId: string;
  choice: ConsentChoice;
  /** Who the visitor says it is. */
  named: readonly CanonicalIdentifier[];
}>;
export type ProvenConsent = Readonly<{ receiptId: string; receipt: string; atMs: number }>;

/**
 * Keeps what a visitor answered, and proves it with a receipt. What was taken back is refused at every door before the
 * receipt is out. Throws Fault AUTH_REQUIRED for a visitor that is forgotten, whose page must begin anew.
 */
export async function recordConsent(dependencies: ConsentDependencies, answer: ConsentAnswer): Promise<ProvenConsent> {
  const { vault, consents } = dependencies;
  const { tenantId, visitorId, named } = answer;
  const { subject, box } = await vault.open(tenantId, { kind: 'visitor', form: visitorId });
  if (box === undefined) throw new Fault('AUTH_REQUIRED');
  const { subjectId } = subject;
  const proposed = await signedRecord(dependencies, box, answer);
  const stored = await consents.update<Consents | 'full'>(subjectDocumentKey(tenantId, subjectId), (now) => {
    const state = record(now ?? { tenantId, subjectId, records: [] }, proposed);
    return state === 'full' || state === now ? { result: state } : { result: state, state };
  });
  if (stored === 'full') throw new Fault('RATE_LIMIT_EXCEEDED', { scope: 'user' });
  if (named.length > 0) await vault.identify(tenantId, subjectId, named);
  await publishConsents(dependencies, stored, visitorId);
  const { receiptId, sealed, atMs } = sameAnswer(stored, proposed) ?? proposed;
  const opened = openRecord(box, { receiptId, sealed });
  if (opened === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a consent receipt does not open') });
  return { receiptId, receipt: opened.receipt, atMs };
}

async function signedRecord(
  { receipts, uuid, clock }: SignDependencies,
  box: Box,
  { tenantId, widgetKey, visitorId, choice }: ConsentAnswer,
): Promise<ConsentRecord> {
  const receiptId = uuid();
  const receipt = await receipts.sign(ConsentReceipt, receiptId, { tenantId, widgetKey, visitorId, ...choice });
  return {
    receiptId,
    purpose: choice.purpose,
    version: choice.version,
    textHash: choice.textHash,
    locale: choice.locale,
    method: choice.method,
    given: choice.given,
    atMs: clock.now().getTime(),
    sealed: sealRecord(box, receiptId, { receipt, visitorId }),
    told: false,
  };
}
