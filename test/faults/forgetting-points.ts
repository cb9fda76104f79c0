import { withdrawalKey } from '@vox/platform/crypto';
import { type Fixture, own, type Point } from './forgetting.ts';

/** Points of compliance during an export, besides each write of the request. */
export const duringExport: readonly Point[] = [
  own('publish:vox.privacy.request-opened.'),
  own('publish:vox.privacy.request-done.'),
  ...[1, 3, 6, 7].map(
    (n): Point =>
      (each) =>
        `${own('write:export_parts/')(each)}/${each.exportId}#${n}`,
  ),
];
/** The same for an erasure. */
export const duringErasure: readonly Point[] = [
  own('publish:vox.privacy.request-opened.'),
  own('publish:vox.privacy.request-done.'),
  own('publish:vox.ledger.subject-erased.'),
  own('write:ledger/'),
  ...[1, 2].map(
    (n): Point =>
      ({ shop, ann }) =>
        `write:transcripts/${shop.tenantId}/${ann.sessionId}#${n}`,
  ),
  ({ shop, ann }) => `write:utterances/${shop.tenantId}/${ann.sessionId}`,
  ({ shop, ann }) => `write:calls/${shop.tenantId}/${ann.sessionId}`,
  ({ shop, subjectId }) => `write:consents/${shop.tenantId}/${subjectId}`,
  ({ shop, subjectId }) => `write:subjects/${shop.tenantId}/${subjectId}`,
  own('write:export_parts/'),
  ({ shop, ann }) => `publish:$KV.vox-withdrawn.${withdrawalKey(shop.tenantId, ann.visitorId)}`,
  () => 'erase:VOX_CALLS#2',
];
/** Points of the services that compliance asks, while the person still calls. */
export const elsewhere: readonly (readonly [string, Point])[] = [
  ...[1, 2, 3].map((n) => ['session-broker', ({ ann }: Fixture) => `write:sessions/${ann.sessionId}#${n}`] as const),
  ['session-broker', own('write:slots/')],
  ['session-broker', own('publish:vox.session.ended.')],
  ['edge-guard', () => 'redis:del'],
  ['edge-guard', () => 'redis:getdel'],
];
