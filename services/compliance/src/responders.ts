import {
  CheckIdentifiers,
  ExportAudit,
  LinkSubject,
  ListAudit,
  ListConsents,
  ListEndedSessions,
  ListHolds,
  ListPrivacyRequests,
  ListReceiptKeys,
  ListRetentionReceipts,
  OpenPrivacyRequest,
  PlaceHold,
  PreviewPolicy,
  PreviewPolicyVersion,
  PreviewRetention,
  ReadExport,
  ReadTranscript,
  RecordConsent,
  ReleaseHold,
  ReplayErasures,
  RewrapKeys,
  SearchTranscripts,
  ShowPrivacyRequest,
  ShowSession,
  VerifyAudit,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { ofLog, ofTenant } from './audit/accept/known-tenant.ts';
import { exportAudit } from './audit/command/export-audit.ts';
import { listAudit } from './audit/command/list-audit.ts';
import { verifyAudit } from './audit/command/verify-audit.ts';
import { onConsentAnswered } from './consent/accept/on-consent-answered.ts';
import { listConsents } from './consent/command/list-consents.ts';
import { letterResponders } from './dead-letters/accept/responders.ts';
import type { Dependencies } from './dependencies.ts';
import { checkIdentifiers } from './holds/command/check-identifiers.ts';
import { listHolds } from './holds/command/list-holds.ts';
import { placeHold } from './holds/command/place-hold.ts';
import { releaseHold } from './holds/command/release-hold.ts';
import { incidentResponders } from './incidents/accept/responders.ts';
import { previewPolicy, previewVersion } from './previews/command/preview-policy.ts';
import { listRequests } from './requests/command/list-requests.ts';
import { openRequest } from './requests/command/open-request.ts';
import { readExport } from './requests/command/read-export.ts';
import { replayErasures } from './requests/command/replay-erasures.ts';
import { showRequest } from './requests/command/show-request.ts';
import { listRetentionReceipts } from './retention/command/list-retention-receipts.ts';
import { previewRetention } from './retention/command/preview-retention.ts';
import { showSession } from './timelines/command/show-session.ts';
import { linkPerson } from './transcripts/command/link-person.ts';
import { listEndedCalls } from './transcripts/command/list-ended-calls.ts';
import { readTranscript } from './transcripts/command/read-transcript.ts';
import { searchTranscripts } from './transcripts/command/search-transcripts.ts';
import { callKey } from './transcripts/keep/calls.ts';
import { listReceiptKeys } from './vault/command/list-receipt-keys.ts';
import { rewrapKeys } from './vault/command/rewrap-keys.ts';

/** Answers every question that compliance is asked. A door that asks for a visitor knows the tenant already. */
export async function answerAll(bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> {
  const personOf = async (tenantId: string, sessionId: string): Promise<string | undefined> =>
    (await dependencies.calls.read(callKey(tenantId, sessionId)))?.subjectId;
  return [
    await bus.answer(VerifyAudit, ofLog(dependencies, verifyAudit(dependencies))),
    await bus.answer(ListAudit, ofLog(dependencies, listAudit(dependencies))),
    await bus.answer(ExportAudit, ofLog(dependencies, exportAudit(dependencies))),
    await bus.answer(CheckIdentifiers, ofTenant(dependencies, checkIdentifiers(dependencies))),
    await bus.answer(RewrapKeys, rewrapKeys(dependencies)),
    await bus.answer(ListReceiptKeys, listReceiptKeys(dependencies)),
    await bus.answer(RecordConsent, onConsentAnswered(dependencies)),
    await bus.answer(ListConsents, ofTenant(dependencies, listConsents({ ...dependencies, personOf }))),
    await bus.answer(ShowSession, ofTenant(dependencies, showSession(dependencies))),
    await bus.answer(ListEndedSessions, ofTenant(dependencies, listEndedCalls(dependencies))),
    await bus.answer(PreviewPolicy, previewPolicy(dependencies)),
    await bus.answer(PreviewPolicyVersion, ofTenant(dependencies, previewVersion(dependencies))),
    await bus.answer(SearchTranscripts, ofTenant(dependencies, searchTranscripts(dependencies))),
    await bus.answer(ReadTranscript, ofTenant(dependencies, readTranscript(dependencies))),
    await bus.answer(LinkSubject, ofTenant(dependencies, linkPerson(dependencies))),
    await bus.answer(PreviewRetention, ofTenant(dependencies, previewRetention(dependencies))),
    await bus.answer(ListRetentionReceipts, ofTenant(dependencies, listRetentionReceipts(dependencies))),
    await bus.answer(PlaceHold, ofTenant(dependencies, placeHold(dependencies))),
    await bus.answer(ReleaseHold, ofTenant(dependencies, releaseHold(dependencies))),
    await bus.answer(ListHolds, ofTenant(dependencies, listHolds(dependencies))),
    ...(await incidentResponders(bus, dependencies)),
    await bus.answer(OpenPrivacyRequest, ofTenant(dependencies, openRequest(dependencies))),
    await bus.answer(ShowPrivacyRequest, ofTenant(dependencies, showRequest(dependencies))),
    await bus.answer(ListPrivacyRequests, ofTenant(dependencies, listRequests(dependencies))),
    await bus.answer(ReadExport, ofTenant(dependencies, readExport(dependencies))),
    await bus.answer(ReplayErasures, replayErasures(dependencies)),
    ...(await letterResponders(bus, dependencies)),
  ];
}
