import type { Bus, Consumption } from '@vox/shared/bus';
import {
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
} from '@vox/shared/contracts';
import { answerExport, answerList } from './audit-pages.ts';
import { answerConsent } from './consent.ts';
import { answerListHolds, answerPlaceHold, answerReleaseHold } from './holds.ts';
import type { Needs } from './needs.ts';
import { answerListRequests, answerOpen, answerReadExport, answerReplay, answerShow } from './privacy-requests.ts';
import { answerPreview, answerReceipts } from './retention.ts';
import { answerReceiptKeys, answerRewrap } from './rewrap.ts';
import { answerLink, answerRead, answerSearch } from './transcripts.ts';
import { answerVerify } from './verify.ts';

/** Answers every question that compliance is asked. */
export async function answerAll(bus: Bus, needs: Needs): Promise<readonly Consumption[]> {
  return [
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
}
