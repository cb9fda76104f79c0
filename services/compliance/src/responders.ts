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
import { answerExport, answerList } from './audit/command/export-audit.ts';
import { answerVerify } from './audit/command/verify-audit.ts';
import { answerConsent } from './consent/command/record-consent.ts';
import type { Needs } from './dependencies.ts';
import { answerCheckIdentifiers } from './holds/command/check-identifiers.ts';
import { answerListHolds, answerPlaceHold, answerReleaseHold } from './holds/command/place-hold.ts';
import { answerListRequests } from './requests/command/list-requests.ts';
import { answerOpen, answerReadExport, answerReplay, answerShow } from './requests/command/open-request.ts';
import { answerPreview, answerReceipts } from './retention/command/preview-retention.ts';
import { answerLink, answerRead, answerSearch } from './transcripts/command/read-transcript.ts';
import { answerReceiptKeys, answerRewrap } from './vault/command/rewrap-keys.ts';

/** Answers every question that compliance is asked. What a door asks for a visitor is of a tenant that the door knows. */
export async function answerAll(bus: Bus, needs: Needs): Promise<readonly Consumption[]> {
  return [
    await bus.answer(VerifyAudit, ofLog(needs, answerVerify(needs))),
    await bus.answer(ListAudit, ofLog(needs, answerList(needs))),
    await bus.answer(ExportAudit, ofLog(needs, answerExport(needs))),
    await bus.answer(CheckIdentifiers, ofTenant(needs, answerCheckIdentifiers(needs))),
    await bus.answer(RewrapKeys, answerRewrap(needs)),
    await bus.answer(ListReceiptKeys, answerReceiptKeys(needs)),
    await bus.answer(RecordConsent, answerConsent(needs)),
    await bus.answer(SearchTranscripts, ofTenant(needs, answerSearch(needs))),
    await bus.answer(ReadTranscript, ofTenant(needs, answerRead(needs))),
    await bus.answer(LinkSubject, ofTenant(needs, answerLink(needs))),
    await bus.answer(PreviewRetention, ofTenant(needs, answerPreview(needs))),
    await bus.answer(ListRetentionReceipts, ofTenant(needs, answerReceipts(needs))),
    await bus.answer(PlaceHold, ofTenant(needs, answerPlaceHold(needs))),
    await bus.answer(ReleaseHold, ofTenant(needs, answerReleaseHold(needs))),
    await bus.answer(ListHolds, ofTenant(needs, answerListHolds(needs))),
    await bus.answer(OpenPrivacyRequest, ofTenant(needs, answerOpen(needs))),
    await bus.answer(ShowPrivacyRequest, ofTenant(needs, answerShow(needs))),
    await bus.answer(ListPrivacyRequests, ofTenant(needs, answerListRequests(needs))),
    await bus.answer(ReadExport, ofTenant(needs, answerReadExport(needs))),
    await bus.answer(ReplayErasures, answerReplay(needs)),
  ];
}
