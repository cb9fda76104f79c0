import {
  consumers,
  ExportAudit,
  LinkSubject,
  ListAudit,
  ListHolds,
  ListPrivacyRequests,
  ListReceiptKeys,
  ListRetentionReceipts,
  OpenPrivacyRequest,
  PlaceHold,
  PolicyDocument,
  PreviewRetention,
  ReadExport,
  ReadTranscript,
  RecordConsent,
  ReleaseHold,
  ReplayErasures,
  RewrapKeys,
  SearchTranscripts,
  ShowPrivacyRequest,
  VerifyAudit,
  WithdrawalDocument,
} from '@vox/shared/contracts';
import { repeat } from '@vox/shared/time';
import { answerExport, answerList } from './accept/audit-pages.ts';
import { operatorsOnly } from './accept/authority.ts';
import { answerConsent } from './accept/consent.ts';
import { dropOldExports } from './accept/export-steps.ts';
import { answerListHolds, answerPlaceHold, answerReleaseHold } from './accept/holds.ts';
import { keyRing } from './accept/key-ring.ts';
import { marking } from './accept/marking.ts';
import type { Needs } from './accept/needs.ts';
import { onBilled, onCall } from './accept/on-call.ts';
import { signDueChains } from './accept/on-checkpoints-due.ts';
import { dropOldWithdrawals, showAllAgain, tellUntold } from './accept/on-consent-sweep.ts';
import { onFact } from './accept/on-fact.ts';
import { workOnRequests } from './accept/on-privacy-sweep.ts';
import { sweepRetention } from './accept/on-retention-sweep.ts';
import { onSecurityEvent } from './accept/on-security-event.ts';
import { onTranscript } from './accept/on-transcript.ts';
import { finaliseDue } from './accept/on-transcript-sweep.ts';
import {
  answerListRequests,
  answerOpen,
  answerReadExport,
  answerReplay,
  answerShow,
} from './accept/privacy-requests.ts';
import { openReceipts } from './accept/receipts.ts';
import { answerPreview, answerReceipts } from './accept/retention.ts';
import { answerReceiptKeys, answerRewrap } from './accept/rewrap.ts';
import { answerLink, answerRead, answerSearch } from './accept/transcripts.ts';
import { vault } from './accept/vault.ts';
import { answerVerify } from './accept/verify.ts';
import { type CheckpointPace, standardPace } from './decide/checkpoints.ts';
import { standardGraceMs } from './decide/transcript.ts';

export type ComplianceOptions = Omit<Needs, 'ring' | 'vault' | 'receipts' | 'policies' | 'authority' | 'graceMs'> &
  Partial<Pick<Needs, 'authority' | 'graceMs'>> &
  Readonly<{ pace?: CheckpointPace; sweepMs: number; retentionSweepMs: number }>;

/** `sweep`, `sweepRetention` and `workOnRequests` do at once what else is done at its pace. */
export type Compliance = Readonly<{
  stop: () => Promise<void>;
  sweep: () => Promise<void>;
  sweepRetention: () => Promise<void>;
  workOnRequests: () => Promise<void>;
}>;
/** Wires the rooms of compliance. It opens nothing itself. */
export async function startCompliance(options: ComplianceOptions): Promise<Compliance> {
  const { bus, log } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const withdrawn = await bus.documents(WithdrawalDocument).follow();
  const ring = keyRing(options);
  const receipts = await openReceipts(ring, options);
  const { pace = standardPace, sweepMs } = options;
  const needs: Needs = {
    authority: operatorsOnly,
    graceMs: standardGraceMs,
    ...options,
    policies,
    auditLog: marking(options.auditLog, { ...options, pace }),
    ring,
    receipts,
    vault: vault(ring, options),
  };
  const running = [
    await bus.consume(consumers.complianceCalls, onCall(needs)),
    await bus.consume(consumers.complianceTranscripts, onTranscript(needs)),
    await bus.consume(consumers.complianceBills, onBilled(needs)),
    await bus.consume(consumers.complianceSecurity, onSecurityEvent(needs)),
    await bus.consume(consumers.auditCalls, onFact(needs)),
    await bus.consume(consumers.auditTrust, onFact(needs)),
    await bus.consume(consumers.auditPrivacy, onFact(needs)),
    await bus.consume(consumers.auditLedger, onFact(needs)),
    await bus.answer(VerifyAudit, answerVerify(needs)),
    await bus.answer(ListAudit, answerList(needs)),
    await bus.answer(ExportAudit, answerExport(needs)),
    await bus.answer(RewrapKeys, answerRewrap(needs)),
    await bus.answer(ListReceiptKeys, answerReceiptKeys(needs)),
    await bus.answer(RecordConsent, answerConsent(needs)),
    await bus.answer(SearchTranscripts, answerSearch(needs)),
    await bus.answer(ReadTranscript, answerRead(needs)),
    await bus.answer(LinkSubject, answerLink(needs)),
    await bus.answer(PreviewRetention, answerPreview(needs)),
    await bus.answer(ListRetentionReceipts, answerReceipts(needs)),
    await bus.answer(PlaceHold, answerPlaceHold(needs)),
    await bus.answer(ReleaseHold, answerReleaseHold(needs)),
    await bus.answer(ListHolds, answerListHolds(needs)),
    await bus.answer(OpenPrivacyRequest, answerOpen(needs)),
    await bus.answer(ShowPrivacyRequest, answerShow(needs)),
    await bus.answer(ListPrivacyRequests, answerListRequests(needs)),
    await bus.answer(ReadExport, answerReadExport(needs)),
    await bus.answer(ReplayErasures, answerReplay(needs)),
  ];
  // Also at the start: the bus may have been started without its data meanwhile.
  let relinked = true;
  const unlisten = bus.onRelink(() => {
    relinked = true;
  });
  async function sweep(): Promise<void> {
    if (relinked) {
      await receipts.show();
      await showAllAgain(needs);
      relinked = false;
    }
    await tellUntold(needs);
    await dropOldWithdrawals(needs, withdrawn);
    await finaliseDue(needs);
  }
  const sweeping = repeat(sweepMs, sweep, (error) => log.warn({ error }, 'a sweep failed and will be tried again'));
  // Apart from the other: one that fails must not keep the other from its work.
  const signing = repeat(
    sweepMs,
    () => signDueChains({ ...needs, pace }),
    (error) => log.warn({ error }, 'a sweep of audit chains failed and will be tried again'),
  );
  const removing = repeat(
    options.retentionSweepMs,
    () => sweepRetention({ ...needs, tenants: () => [...policies.keys()] }),
    (error) => log.warn({ error }, 'a sweep of what is old failed and will be tried again'),
  );
  async function workOff(): Promise<void> {
    await workOnRequests(needs);
    await dropOldExports(needs);
  }
  const working = repeat(sweepMs, workOff, (error) =>
    log.warn({ error }, 'a sweep of privacy requests failed and will be tried again'),
  );
  return {
    sweep,
    workOnRequests: workOff,
    sweepRetention: () => sweepRetention({ ...needs, tenants: () => [...policies.keys()] }),
    async stop() {
      unlisten();
      await sweeping.stop();
      await signing.stop();
      await removing.stop();
      await working.stop();
      for (const each of running.reverse()) await each.stop();
      for (const replica of [withdrawn, policies]) await replica.stop();
    },
  };
}
