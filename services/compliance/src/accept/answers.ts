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
import { answerExport, answerList } from './audit-pages.ts';
import { answerConsent } from './consent.ts';
import { answerListHolds, answerPlaceHold, answerReleaseHold } from './holds.ts';
import { answerCheckIdentifiers } from './identifiers.ts';
import { ofLog, ofTenant } from './known-tenant.ts';
import { answerListRequests } from './list-requests.ts';
import type { Needs } from './needs.ts';
import { answerOpen, answerReadExport, answerReplay, answerShow } from './privacy-requests.ts';
import { answerPreview, answerReceipts } from './retention.ts';
import { answerReceiptKeys, answerRewrap } from './rewrap.ts';
import { answerLink, answerRead, answerSearch } from './transcripts.ts';
import { answerVerify } from './verify.ts';

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
