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
import { answerExport, answerList } from './audit/command/show-audit.ts';
import { answerVerify } from './audit/command/verify-audit.ts';
import { answerConsent } from './consent/command/record-consent.ts';
import type { Needs } from './dependencies.ts';
import { answerCheckIdentifiers } from './holds/command/check-identifiers.ts';
import { answerListHolds, answerPlaceHold, answerReleaseHold } from './holds/command/holds.ts';
import { listRequests } from './requests/command/list-requests.ts';
import { openRequest } from './requests/command/open-request.ts';
import { readExport } from './requests/command/read-export.ts';
import { replayErasures } from './requests/command/replay-erasures.ts';
import { showRequest } from './requests/command/show-request.ts';
import { listRetentionReceipts } from './retention/command/list-retention-receipts.ts';
import { previewRetention } from './retention/command/preview-retention.ts';
import { linkPerson } from './transcripts/command/link-person.ts';
import { readTranscript } from './transcripts/command/read-transcript.ts';
import { searchTranscripts } from './transcripts/command/search-transcripts.ts';
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
    await bus.answer(SearchTranscripts, ofTenant(needs, searchTranscripts(needs))),
    await bus.answer(ReadTranscript, ofTenant(needs, readTranscript(needs))),
    await bus.answer(LinkSubject, ofTenant(needs, linkPerson(needs))),
    await bus.answer(PreviewRetention, ofTenant(needs, previewRetention(needs))),
    await bus.answer(ListRetentionReceipts, ofTenant(needs, listRetentionReceipts(needs))),
    await bus.answer(PlaceHold, ofTenant(needs, answerPlaceHold(needs))),
    await bus.answer(ReleaseHold, ofTenant(needs, answerReleaseHold(needs))),
    await bus.answer(ListHolds, ofTenant(needs, answerListHolds(needs))),
    await bus.answer(OpenPrivacyRequest, ofTenant(needs, openRequest(needs))),
    await bus.answer(ShowPrivacyRequest, ofTenant(needs, showRequest(needs))),
    await bus.answer(ListPrivacyRequests, ofTenant(needs, listRequests(needs))),
    await bus.answer(ReadExport, ofTenant(needs, readExport(needs))),
    await bus.answer(ReplayErasures, replayErasures(needs)),
  ];
}
