import {
  CheckIdentifiers,
  ExportAudit,
  LinkSubject,
  ListAudit,
  ListHolds,
  ListPrivacyRequests,
  ListReceiptKeys,
  ListRetentionReceipts,
  OpenPrivacyRequest,
  PlaceHold,
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
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { ofLog, ofTenant } from './audit/accept/known-tenant.ts';
import { exportAudit } from './audit/command/export-audit.ts';
import { listAudit } from './audit/command/list-audit.ts';
import { verifyAudit } from './audit/command/verify-audit.ts';
import { onConsentAnswered } from './consent/accept/on-consent-answered.ts';
import type { Dependencies } from './dependencies.ts';
import { checkIdentifiers } from './holds/command/check-identifiers.ts';
import { listHolds } from './holds/command/list-holds.ts';
import { placeHold } from './holds/command/place-hold.ts';
import { releaseHold } from './holds/command/release-hold.ts';
import { answerListRequests } from './requests/command/list-requests.ts';
import { answerOpen, answerReadExport, answerReplay, answerShow } from './requests/command/open-request.ts';
import { answerPreview, answerReceipts } from './retention/command/preview-retention.ts';
import { answerLink, answerRead, answerSearch } from './transcripts/command/read-transcript.ts';
import { listReceiptKeys } from './vault/command/list-receipt-keys.ts';
import { rewrapKeys } from './vault/command/rewrap-keys.ts';

/** Answers every question that compliance is asked. A door that asks for a visitor knows the tenant already. */
export async function answerAll(bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> {
  return [
    await bus.answer(VerifyAudit, ofLog(dependencies, verifyAudit(dependencies))),
    await bus.answer(ListAudit, ofLog(dependencies, listAudit(dependencies))),
    await bus.answer(ExportAudit, ofLog(dependencies, exportAudit(dependencies))),
    await bus.answer(CheckIdentifiers, ofTenant(dependencies, checkIdentifiers(dependencies))),
    await bus.answer(RewrapKeys, rewrapKeys(dependencies)),
    await bus.answer(ListReceiptKeys, listReceiptKeys(dependencies)),
    await bus.answer(RecordConsent, onConsentAnswered(dependencies)),
    await bus.answer(SearchTranscripts, ofTenant(dependencies, answerSearch(dependencies))),
    await bus.answer(ReadTranscript, ofTenant(dependencies, answerRead(dependencies))),
    await bus.answer(LinkSubject, ofTenant(dependencies, answerLink(dependencies))),
    await bus.answer(PreviewRetention, ofTenant(dependencies, answerPreview(dependencies))),
    await bus.answer(ListRetentionReceipts, ofTenant(dependencies, answerReceipts(dependencies))),
    await bus.answer(PlaceHold, ofTenant(dependencies, placeHold(dependencies))),
    await bus.answer(ReleaseHold, ofTenant(dependencies, releaseHold(dependencies))),
    await bus.answer(ListHolds, ofTenant(dependencies, listHolds(dependencies))),
    await bus.answer(OpenPrivacyRequest, ofTenant(dependencies, answerOpen(dependencies))),
    await bus.answer(ShowPrivacyRequest, ofTenant(dependencies, answerShow(dependencies))),
    await bus.answer(ListPrivacyRequests, ofTenant(dependencies, answerListRequests(dependencies))),
    await bus.answer(ReadExport, ofTenant(dependencies, answerReadExport(dependencies))),
    await bus.answer(ReplayErasures, answerReplay(dependencies)),
  ];
}
