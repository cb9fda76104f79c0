import {
  ExportFrom,
  ExportManifestReceipt,
  ExportReceipt,
  HeldRecord,
  type Policy,
  type StepService,
  stepServices,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { derivedUuid } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { everyTagged } from '@vox/platform/store';
import { z } from 'zod';
import { callKey, transcriptKey } from '../../transcripts/mod.ts';
import type { Receipts } from '../../vault/mod.ts';
import { coverPage } from '../decide/cover-page.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import type { ExportStep } from '../decide/steps.ts';
import { archiveName, type ExportParts, exportTag } from '../keep/privacy-requests.ts';
import { archiveOf, contentsOf, countsOf, sha256 } from '../publish/archive.ts';
import { publishDone } from '../publish/facts.ts';
import { askMs, questionsAbout } from './ask-about-person.ts';
import { type FindPerson, find } from './find-person.ts';
import { type GatherOwnRecords, gatherOwnRecords } from './gather-own-records.ts';
import { openIdentity } from './sealed-identity.ts';
import { plannedCount, type Step } from './step.ts';
import { readParts, type StoreParts, storeInParts } from './store-in-parts.ts';

/** An export, step by step. Their order is that of `exportSteps`. */
export const exporting: Readonly<Record<ExportStep, Step<ExportPerson>>> = {
  find,
  'session-broker': { run: gatherFrom('session-broker') },
  quota: { run: gatherFrom('quota') },
  'edge-guard': { run: gatherFrom('edge-guard') },
  auth: { run: gatherFrom('auth') },
  compliance: { run: gatherOwn },
  archive: { run: makeArchive },
  clear: { plan: countGathered, run: clearGathered },
};

export type ExportPerson = Omit<FindPerson, 'policies'> &
  GatherOwnRecords &
  StoreParts &
  Readonly<{
    bus: Pick<Bus, 'ask' | 'publish'>;
    exportParts: Pick<ExportParts, 'tagged' | 'remove'>;
    receipts: Pick<Receipts, 'sign'>;
    policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
  }>;

const Records = z.array(HeldRecord);
/** The name under which the records of one service are stored until the archive stands. */
const gathered = (service: string): string => `gathered-${service}`;
const readGathered = async (dependencies: ExportPerson, request: PrivacyRequest, service: string) =>
  Records.parse(JSON.parse(await readParts(dependencies, request, gathered(service))));

/** What another service holds about the person. */
function gatherFrom(service: StepService) {
  return async (dependencies: ExportPerson, request: PrivacyRequest) => {
    const { tenantId, sessionIds } = request;
    const { visitorIds, userIds, emails } = await openIdentity(dependencies, request);
    const records: HeldRecord[] = [];
    for (const asked of questionsAbout({ tenantId, visitorIds, userIds, sessionIds, emails }))
      records.push(...(await dependencies.bus.ask(ExportFrom[service], asked, { timeoutMs: askMs })).records);
    await storeInParts(dependencies, request, gathered(service), JSON.stringify(records));
    return { count: records.length };
  };
}

async function gatherOwn(dependencies: ExportPerson, request: PrivacyRequest) {
  const records = await gatherOwnRecords(dependencies, request);
  await storeInParts(dependencies, request, gathered('compliance'), JSON.stringify(records));
  return { count: records.length, learnt: { openSessionIds: await openCallsOf(dependencies, request) } };
}

/** Calls that go on, or whose words may still be coming in. */
async function openCallsOf(dependencies: ExportPerson, request: PrivacyRequest): Promise<string[]> {
  const { tenantId, sessionIds } = request;
  const ofBroker = await readGathered(dependencies, request, 'session-broker');
  // The broker knows of a call before the fact of its grant has come here.
  const open = new Set(ofBroker.filter(({ data }) => data.state === 'live').map(({ id }) => id));
  for (const sessionId of sessionIds) {
    const call = await dependencies.calls.read(callKey(tenantId, sessionId));
    const transcript = await dependencies.transcripts.read(transcriptKey(tenantId, sessionId));
    if (call?.endedAtMs === null || transcript?.finalisedAtMs === null) open.add(sessionId);
  }
  return sessionIds.filter((sessionId) => open.has(sessionId));
}

/** All that was gathered as one archive, in parts, with a signed manifest within and a receipt of the whole. */
async function makeArchive(dependencies: ExportPerson, request: PrivacyRequest) {
  const { receipts, bus, clock } = dependencies;
  const { tenantId, requestId } = request;
  const byService: Record<string, HeldRecord[]> = {};
  for (const service of [...stepServices, 'compliance'])
    byService[service] = await readGathered(dependencies, request, service);
  const records = Object.values(byService).flat().length;
  const contents = contentsFor(dependencies, request, byService);
  const named = { tenantId, privacyRequestId: requestId, records };
  const manifestSha256 = sha256(contents.manifest.bytes);
  const proofId = derivedUuid('export-manifest', requestId);
  const proof = await receipts.sign(ExportManifestReceipt, proofId, { ...named, manifestSha256 }, contents.at);
  const bytes = archiveOf(contents, proof);
  const hash = sha256(bytes);
  const parts = await storeInParts(dependencies, request, archiveName, Buffer.from(bytes).toString('base64'), hash);
  const receiptId = derivedUuid('export', requestId);
  const receipt = await receipts.sign(ExportReceipt, receiptId, { ...named, bytes: bytes.length, sha256: hash });
  await publishDone(bus, request, receiptId, clock.now());
  return { count: parts, learnt: { receipt } };
}

function contentsFor(
  { policies }: Pick<ExportPerson, 'policies'>,
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

async function* keysOfGathered(
  { exportParts }: Pick<ExportPerson, 'exportParts'>,
  { tenantId, requestId }: PrivacyRequest,
): AsyncIterable<string> {
  for await (const { key, state } of everyTagged(exportParts, exportTag.request(tenantId, requestId)))
    if (!state.of.startsWith(archiveName)) yield key;
}

async function countGathered(dependencies: ExportPerson, request: PrivacyRequest): Promise<number> {
  let count = 0;
  for await (const _ of keysOfGathered(dependencies, request)) count += 1;
  return count;
}

/** What was gathered is not needed any more once the archive stands. */
async function clearGathered(dependencies: ExportPerson, request: PrivacyRequest) {
  for await (const key of keysOfGathered(dependencies, request)) await dependencies.exportParts.remove(key);
  return { count: plannedCount(request) };
}
