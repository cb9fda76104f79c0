import {
  ExportFrom,
  ExportManifestReceipt,
  ExportReceipt,
  HeldRecord,
  makeFact,
  PrivacyRequestDone,
  type StepService,
  stepServices,
} from '@vox/contracts';
import { derivedUuid } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { everyTagged } from '@vox/platform/store';
import { z } from 'zod';
import type { Dependencies } from '../../dependencies.ts';
import { callKey } from '../../transcripts/keep/calls.ts';
import { transcriptKey } from '../../transcripts/keep/transcripts.ts';
import { coverPage } from '../decide/cover-page.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { exportTag } from '../keep/privacy-requests.ts';
import { archiveOf, contentsOf, countsOf, sha256 } from '../publish/archive.ts';
import type { Counting, Step } from './erase-person.ts';
import { find } from './find-person.ts';
import { heldByUs } from './gather-own-records.ts';
import { openWhose, questionsAbout } from './sealed-identity.ts';
import { readText, storeText } from './store-in-parts.ts';

const askMs = 10_000;
const page = 100;
const Records = z.array(HeldRecord);
const gathered = (step: string): string => `gathered-${step}`;
/** The name under which the parts of the archive are stored. */
export const archiveName = 'archive';

const askService =
  (service: StepService): Step =>
  async (needs, request) => {
    const whose = await openWhose(needs, request);
    const records: HeldRecord[] = [];
    for (const asked of questionsAbout(request.tenantId, whose, request.sessionIds))
      records.push(...(await needs.bus.ask(ExportFrom[service], asked, { timeoutMs: askMs })).records);
    await storeText(needs, request, gathered(service), JSON.stringify(records));
    return { count: records.length };
  };

const gatherOwn: Step = async (needs, request) => {
  const records = await heldByUs(needs, request);
  await storeText(needs, request, gathered('compliance'), JSON.stringify(records));
  return { count: records.length, learnt: { openSessionIds: await openCallsOf(needs, request) } };
};

/** Calls that go on, or whose words may still be coming in. */
async function openCallsOf(needs: Dependencies, request: PrivacyRequest): Promise<string[]> {
  const { tenantId, sessionIds } = request;
  const broker = Records.parse(JSON.parse(await readText(needs, request, gathered('session-broker'))));
  // The broker knows of a call before the fact of its grant has come here.
  const open = new Set(broker.filter(({ data }) => data.state === 'live').map(({ id }) => id));
  for (const sessionId of sessionIds) {
    const call = await needs.calls.read(callKey(tenantId, sessionId));
    const transcript = await needs.transcripts.read(transcriptKey(tenantId, sessionId));
    if (call?.endedAtMs === null || transcript?.finalisedAtMs === null) open.add(sessionId);
  }
  return sessionIds.filter((sessionId) => open.has(sessionId));
}

/** All that was gathered as one archive, in parts. */
const archive: Step = async (needs, request) => {
  const { tenantId, requestId, kind, subjectIds } = request;
  const byService: Record<string, HeldRecord[]> = {};
  for (const service of [...stepServices, 'compliance'])
    byService[service] = Records.parse(JSON.parse(await readText(needs, request, gathered(service))));
  const records = Object.values(byService).flat().length;
  const contents = written(needs, request, byService);
  const named = { tenantId, privacyRequestId: requestId, records };
  const manifestSha256 = sha256(contents.manifest.bytes);
  const proofId = derivedUuid('export-manifest', requestId);
  const proof = await needs.receipts.sign(ExportManifestReceipt, proofId, { ...named, manifestSha256 }, contents.at);
  const bytes = archiveOf(contents, proof);
  const hash = sha256(bytes);
  const parts = await storeText(needs, request, archiveName, Buffer.from(bytes).toString('base64'), hash);
  const receiptId = derivedUuid('export', requestId);
  const receipt = await needs.receipts.sign(ExportReceipt, receiptId, { ...named, bytes: bytes.length, sha256: hash });
  const head = { id: `request-done:${requestId}`, source: 'compliance', at: needs.clock.now() };
  const told = { tenantId, privacyRequestId: requestId, kind, receiptId, subjects: subjectIds.length };
  await needs.bus.publish(PrivacyRequestDone, makeFact(PrivacyRequestDone, head, told));
  return { count: parts, learnt: { receipt } };
};

function written(
  { policies }: Dependencies,
  request: PrivacyRequest,
  byService: Readonly<Record<string, HeldRecord[]>>,
) {
  const { tenantId, requestId, law, receivedAtMs, openSessionIds, evidence } = request;
  const policy = policies.get(tenantId);
  if (policy === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Error('a policy is on its way') });
  const receivedAt = new Date(receivedAtMs).toISOString();
  // By the last step, not by the clock: a copy that makes the archive again makes the same one.
  const gatheredAt = evidence.at(-1)?.at ?? receivedAt;
  const counts = countsOf(byService);
  const cover = coverPage({ requestId, law, receivedAt, gatheredAt, counts, openCalls: openSessionIds.length }, policy);
  return contentsOf({ tenantId, requestId, receivedAt, gatheredAt, openSessionIds }, cover, byService);
}

async function* gatheredOf(
  { exportParts }: Dependencies,
  { tenantId, requestId }: PrivacyRequest,
): AsyncIterable<string> {
  for await (const { key, state } of everyTagged(exportParts, exportTag.request(tenantId, requestId)))
    if (!state.of.startsWith(archiveName)) yield key;
}

const countGathered: Counting = async (needs, request) => {
  let count = 0;
  for await (const _ of gatheredOf(needs, request)) count += 1;
  return count;
};

/** What was gathered is not needed any more once the archive stands. */
const clear: Step = async (needs, request) => {
  for await (const key of gatheredOf(needs, request))
    await needs.exportParts.update(key, () => ({ result: undefined, remove: true }));
  return { count: request.planned?.count ?? 0 };
};

const countings: Readonly<Record<string, Counting>> = { clear: countGathered };
export const exportCounting = (name: string): Counting | undefined => countings[name];

const exportSteps: Readonly<Record<string, Step>> = {
  find,
  ...Object.fromEntries(stepServices.map((service) => [service, askService(service)])),
  compliance: gatherOwn,
  archive,
  clear,
};

export function exportStep(name: string): Step {
  const step = exportSteps[name];
  if (step === undefined) throw new Fault('INTERNAL', {}, { cause: new Error(`an export has no step ${name}`) });
  return step;
}

/** Archives go a week after they were made. */
export async function dropOldExports({ exportParts, clock }: Dependencies): Promise<void> {
  for (const { key } of await exportParts.due(clock.now().getTime(), page))
    await exportParts.update(key, () => ({ result: undefined, remove: true }));
}
