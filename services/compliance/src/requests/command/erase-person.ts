import {
  CallStream,
  EraseFrom,
  ErasureReceipt,
  makeFact,
  PrivacyRequestDone,
  type StepService,
  SubjectErased,
  stepServices,
  TranscriptStream,
  WithdrawalDocument,
} from '@vox/contracts';
import { derivedUuid, withdrawalKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { everyTagged } from '@vox/platform/store';
import type { Dependencies } from '../../dependencies.ts';
import { expiring } from '../../retention/command/expired-data.ts';
import { finalised, opened, type Transcript } from '../../transcripts/decide/transcript.ts';
import { callKey } from '../../transcripts/keep/calls.ts';
import { transcriptKey } from '../../transcripts/keep/transcripts.ts';
import { subjectDocumentKey } from '../../vault/mod.ts';
import type { PrivacyRequest, Stepped } from '../decide/privacy-request.ts';
import { exportTag, requestKey } from '../keep/privacy-requests.ts';
import { find } from './find-person.ts';
import { openWhose, questionsAbout } from './sealed-identity.ts';

type Done = Omit<Stepped, 'step'>;
/** How much a step is about to take away. */
export type Counting = (needs: Dependencies, request: PrivacyRequest) => Promise<number>;
export type Step = (needs: Dependencies, request: PrivacyRequest) => Promise<Done>;

/** A service may have to end calls first. */
const askMs = 10_000;

const askService =
  (service: StepService): Step =>
  async (needs, request) => {
    const whose = await openWhose(needs, request);
    let count = 0;
    for (const asked of questionsAbout(request.tenantId, whose, request.sessionIds))
      count += (await needs.bus.ask(EraseFrom[service], asked, { timeoutMs: askMs })).erased;
    return { count };
  };

const plannedOf = ({ planned }: PrivacyRequest): number => planned?.count ?? 0;

const countOwn: Counting = async (needs, { tenantId, sessionIds, subjectIds }) => {
  let count = 0;
  for (const sessionId of sessionIds) {
    count += (await needs.utterances.tally({ tenantId, sessionId })).messages;
    count += (await needs.calls.read(callKey(tenantId, sessionId))) === undefined ? 0 : 1;
  }
  for (const subjectId of subjectIds) {
    count += (await needs.consents.read(subjectDocumentKey(tenantId, subjectId)))?.records.length ?? 0;
    for await (const _ of everyTagged(needs.exportParts, exportTag.subject(tenantId, subjectId))) count += 1;
  }
  return count;
};

const eraseOwn: Step = async (needs, request) => {
  const { tenantId, sessionIds, subjectIds } = request;
  for (const sessionId of sessionIds) await eraseCall(needs, tenantId, sessionId);
  for (const subjectId of subjectIds) {
    await needs.consents.update(subjectDocumentKey(tenantId, subjectId), () => ({ result: undefined, remove: true }));
    await eraseExports(needs, tenantId, subjectId);
  }
  for (const visitorId of (await openWhose(needs, request)).visitorIds)
    await needs.bus.documents(WithdrawalDocument).remove(withdrawalKey(tenantId, visitorId));
  return { count: plannedOf(request) };
};

/** A stone without a word stays in the place of the transcript, so that nothing late is kept. */
async function eraseCall(needs: Dependencies, tenantId: string, sessionId: string): Promise<void> {
  const key = transcriptKey(tenantId, sessionId);
  const call = await needs.calls.read(callKey(tenantId, sessionId));
  const nowMs = needs.clock.now().getTime();
  const stone = (now: Transcript): Transcript => ({
    ...finalised(now, { messages: 0, bytes: 0 }, nowMs),
    ...{ messages: 0, bytes: 0, endedAtMs: now.endedAtMs ?? nowMs, clearedAtMs: now.clearedAtMs ?? nowMs },
  });
  const open = call && { ...opened(call), complete: true };
  await needs.transcripts.update(key, (now = open) =>
    now === undefined ? { result: undefined } : { result: undefined, state: stone(now) },
  );
  await expiring(needs).transcripts.remove(tenantId, sessionId, nowMs);
  await needs.calls.update(callKey(tenantId, sessionId), () => ({ result: undefined, remove: true }));
}

async function eraseExports({ exportParts }: Dependencies, tenantId: string, subjectId: string): Promise<void> {
  for await (const { key } of everyTagged(exportParts, exportTag.subject(tenantId, subjectId)))
    await exportParts.update(key, () => ({ result: undefined, remove: true }));
}

const factsOfCalls = [...CallStream.kinds, ...TranscriptStream.kinds];

const countFacts: Counting = async ({ bus }, { tenantId, sessionIds }) => {
  let count = 0;
  for (const sessionId of sessionIds)
    for await (const _ of bus.history(factsOfCalls, { tenantId, sessionId })) count += 1;
  return count;
};

async function forgetFacts({ bus }: Dependencies, tenantId: string, sessionIds: readonly string[]): Promise<void> {
  for (const sessionId of sessionIds) await bus.forget(factsOfCalls, { tenantId, sessionId });
}

const eraseFacts: Step = async (needs, request) => {
  await forgetFacts(needs, request.tenantId, request.sessionIds);
  return { count: plannedOf(request) };
};

const eraseKeys: Step = async ({ vault }, { tenantId, subjectIds }) => {
  for (const subjectId of subjectIds) await vault.forget(tenantId, subjectId);
  return { count: subjectIds.length };
};

/** The receipt goes into the ledger here and on the bus, so that either survives the restore of the other. */
const certify: Step = async (needs, { tenantId, requestId, subjectIds, sessionIds, evidence, kind }) => {
  const says = {
    tenantId,
    privacyRequestId: requestId,
    subjectIds: [...subjectIds],
    sessionIds: [...sessionIds],
    evidence: [...evidence],
  };
  const receiptId = derivedUuid('erasure', requestId);
  const receipt = await needs.receipts.sign(ErasureReceipt, receiptId, says);
  const kept = await needs.erasures.update<string>(requestKey(tenantId, requestId), (now) =>
    now === undefined ? { result: receipt, state: { tenantId, requestId, receipt } } : { result: now.receipt },
  );
  const head = (what: string) => ({ id: `${what}:${requestId}`, source: 'compliance', at: needs.clock.now() });
  await needs.bus.publish(
    SubjectErased,
    makeFact(SubjectErased, head('erased'), { tenantId, privacyRequestId: requestId, receipt: kept }),
  );
  const told = { tenantId, privacyRequestId: requestId, kind, receiptId, subjects: subjectIds.length };
  await needs.bus.publish(PrivacyRequestDone, makeFact(PrivacyRequestDone, head('request-done'), told));
  return { count: 1, learnt: { receipt: kept } };
};

const services = Object.fromEntries(stepServices.map((service) => [service, askService(service)]));
const eraseSteps: Readonly<Record<string, Step>> = {
  find,
  ...services,
  compliance: eraseOwn,
  streams: eraseFacts,
  keys: eraseKeys,
  certify,
};

const countings: Readonly<Record<string, Counting>> = { compliance: countOwn, streams: countFacts };
export const eraseCounting = (name: string): Counting | undefined => countings[name];

export function eraseStep(name: string): Step {
  const step = eraseSteps[name];
  if (step === undefined) throw new Fault('INTERNAL', {}, { cause: new Error(`an erasure has no step ${name}`) });
  return step;
}

/** What was found of an erased person after a restore is erased again. Answers how many subjects were there. */
export async function eraseAgain(
  needs: Dependencies,
  { tenantId, subjectIds, sessionIds }: ErasureReceipt,
): Promise<number> {
  const whose = { visitorIds: [], userIds: [] };
  for (const service of stepServices)
    for (const asked of questionsAbout(tenantId, whose, sessionIds))
      await needs.bus.ask(EraseFrom[service], asked, { timeoutMs: askMs });
  for (const sessionId of sessionIds) await eraseCall(needs, tenantId, sessionId);
  await forgetFacts(needs, tenantId, sessionIds);
  let count = 0;
  for (const subjectId of subjectIds) {
    await needs.consents.update(subjectDocumentKey(tenantId, subjectId), () => ({ result: undefined, remove: true }));
    await eraseExports(needs, tenantId, subjectId);
    if ((await needs.vault.subject(tenantId, subjectId))?.key != null) count += 1;
    await needs.vault.forget(tenantId, subjectId);
  }
  return count;
}
