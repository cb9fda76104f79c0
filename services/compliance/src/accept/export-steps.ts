import {
  ExportFrom,
  ExportReceipt,
  HeldRecord,
  makeFact,
  PrivacyRequestDone,
  type StepService,
  stepServices,
} from '@vox/shared/contracts';
import { derivedUuid } from '@vox/shared/crypto';
import { Fault } from '@vox/shared/fault';
import { everyTagged } from '@vox/shared/store';
import { z } from 'zod';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { exportTag } from '../keep/privacy-requests.ts';
import { archiveOf, sha256 } from '../publish/archive.ts';
import type { Counting, Step } from './erase-steps.ts';
import { readText, storeText } from './export-parts.ts';
import { find } from './find-step.ts';
import { heldByUs } from './held-by-us.ts';
import type { Needs } from './needs.ts';
import { openWhose, questionsAbout } from './whose.ts';

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
  return { count: records.length };
};

/** All that was gathered as one archive, in parts. */
const archive: Step = async (needs, request) => {
  const { tenantId, requestId, kind, subjectIds, receivedAtMs } = request;
  const byService: Record<string, HeldRecord[]> = {};
  for (const service of [...stepServices, 'compliance'])
    byService[service] = Records.parse(JSON.parse(await readText(needs, request, gathered(service))));
  const bytes = archiveOf({ tenantId, requestId, receivedAt: new Date(receivedAtMs).toISOString() }, byService);
  const hash = sha256(bytes);
  const parts = await storeText(needs, request, archiveName, Buffer.from(bytes).toString('base64'), hash);
  const records = Object.values(byService).flat().length;
  const receiptId = derivedUuid('export', requestId);
  const says = { tenantId, privacyRequestId: requestId, records, bytes: bytes.length, sha256: hash };
  const receipt = await needs.receipts.sign(ExportReceipt, receiptId, says);
  const head = { id: `request-done:${requestId}`, source: 'compliance', at: needs.clock.now() };
  const told = { tenantId, privacyRequestId: requestId, kind, receiptId, subjects: subjectIds.length };
  await needs.bus.publish(PrivacyRequestDone, makeFact(PrivacyRequestDone, head, told));
  return { count: parts, learnt: { receipt } };
};

async function* gatheredOf({ exportParts }: Needs, { tenantId, requestId }: PrivacyRequest): AsyncIterable<string> {
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
    await needs.exportParts.change(key, () => ({ result: undefined, remove: true }));
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
export async function dropOldExports({ exportParts, clock }: Needs): Promise<void> {
  for (const { key } of await exportParts.due(clock.now().getTime(), page))
    await exportParts.change(key, () => ({ result: undefined, remove: true }));
}
