import {
  CallStream,
  EraseFrom,
  ErasureReceipt,
  type StepService,
  TranscriptStream,
  WithdrawalDocument,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { derivedUuid, withdrawalKey } from '@vox/platform/crypto';
import { everyTagged } from '@vox/platform/store';
import type { ConsentStore } from '../../consent/mod.ts';
import { type CountCall, countCall, type EraseCall, eraseCall } from '../../transcripts/mod.ts';
import { type Receipts, subjectDocumentKey, type Vault } from '../../vault/mod.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { type ErasureStep, erasureSteps } from '../decide/steps.ts';
import { type Erasures, type ExportParts, exportTag, requestKey } from '../keep/privacy-requests.ts';
import { publishDone, publishErased } from '../publish/facts.ts';
import { askMs, type PersonIds, questionsAbout } from './ask-about-person.ts';
import { type FindPerson, find } from './find-person.ts';
import { openIdentity } from './sealed-identity.ts';
import { plannedCount, type Step } from './step.ts';

/** A person who is erased, as the steps know it. */
type ErasedPerson = PersonIds & Readonly<{ subjectIds: readonly string[] }>;
/** What the row of an erasure does at one step, and does again after a restore brought the person back. */
type Erasing = Step<ErasePerson> &
  Readonly<{ again?: (dependencies: ErasePerson, person: ErasedPerson) => Promise<unknown> }>;

/** An erasure, step by step. Their order is that of `erasureSteps`, the first time and after a restore. */
export const erasure: Readonly<Record<ErasureStep, Erasing>> = {
  find,
  'session-broker': counting(askToErase('session-broker')),
  quota: counting(askToErase('quota')),
  'edge-guard': counting(askToErase('edge-guard')),
  auth: counting(askToErase('auth')),
  compliance: planning(countOwn, eraseOwn),
  streams: planning(countFacts, forgetFacts, byIds),
  keys: counting(destroyKeys, byIds),
  certify: { run: certify },
};

/**
 * Erases a person again whom a restore brought back. What the person was known by went with the first erasure: the
 * services find a visitor by its calls, and a member by an id that leads to nobody else.
 */
export async function eraseAgain(
  dependencies: ErasePerson,
  { tenantId, subjectIds, sessionIds, memberIds }: ErasureReceipt,
): Promise<void> {
  const person = { tenantId, subjectIds, sessionIds, visitorIds: [], userIds: memberIds, emails: [] };
  for (const step of erasureSteps) await erasure[step].again?.(dependencies, person);
}

export type ErasePerson = FindPerson &
  EraseCall &
  CountCall &
  Readonly<{
    bus: Pick<Bus, 'ask' | 'publish' | 'history' | 'forget' | 'documents'>;
    consents: Pick<ConsentStore, 'read' | 'remove'>;
    exportParts: Pick<ExportParts, 'tagged' | 'remove'>;
    erasures: Pick<Erasures, 'update'>;
    vault: Pick<Vault, 'forget'>;
    receipts: Pick<Receipts, 'sign'>;
  }>;

async function personOf(dependencies: ErasePerson, request: PrivacyRequest): Promise<ErasedPerson> {
  const { tenantId, subjectIds, sessionIds } = request;
  const { visitorIds, userIds, emails } = await openIdentity(dependencies, request);
  return { tenantId, subjectIds, sessionIds, visitorIds, userIds, emails };
}

/** The person by the ids of ours alone. A step that needs no more runs also where the sealed identity does not open. */
async function byIds(_dependencies: ErasePerson, request: PrivacyRequest): Promise<ErasedPerson> {
  const { tenantId, subjectIds, sessionIds } = request;
  return { tenantId, subjectIds, sessionIds, visitorIds: [], userIds: [], emails: [] };
}

/** A step that answers by itself how much it took away. */
function counting(
  erase: (dependencies: ErasePerson, person: ErasedPerson) => Promise<number>,
  personBy: typeof personOf = personOf,
): Erasing {
  return {
    run: async (dependencies, request) => ({
      count: await erase(dependencies, await personBy(dependencies, request)),
    }),
    again: erase,
  };
}

/** A step of many writes: what it takes away is counted before the first. */
function planning(
  plan: (dependencies: ErasePerson, request: PrivacyRequest) => Promise<number>,
  erase: (dependencies: ErasePerson, person: ErasedPerson) => Promise<void>,
  personBy: typeof personOf = personOf,
): Erasing {
  return {
    plan,
    async run(dependencies, request) {
      await erase(dependencies, await personBy(dependencies, request));
      return { count: plannedCount(request) };
    },
    again: erase,
  };
}

/** Another service ends what still runs of the person, and erases what it holds. */
function askToErase(service: StepService) {
  return async ({ bus }: ErasePerson, person: ErasedPerson): Promise<number> => {
    let count = 0;
    for (const asked of questionsAbout(person))
      count += (await bus.ask(EraseFrom[service], asked, { timeoutMs: askMs })).erased;
    return count;
  };
}

/** What compliance itself holds: messages, calls, consents, parts of exports. */
async function countOwn(dependencies: ErasePerson, request: PrivacyRequest): Promise<number> {
  const { consents, exportParts } = dependencies;
  const { tenantId, sessionIds, subjectIds } = request;
  let count = 0;
  for (const sessionId of sessionIds) count += await countCall(dependencies, { tenantId, sessionId });
  for (const subjectId of subjectIds) {
    count += (await consents.read(subjectDocumentKey(tenantId, subjectId)))?.records.length ?? 0;
    for await (const _ of everyTagged(exportParts, exportTag.subject(tenantId, subjectId))) count += 1;
  }
  return count;
}

async function eraseOwn(dependencies: ErasePerson, person: ErasedPerson): Promise<void> {
  const { bus, consents, exportParts } = dependencies;
  const { tenantId, sessionIds, subjectIds, visitorIds } = person;
  for (const sessionId of sessionIds) await eraseCall(dependencies, { tenantId, sessionId });
  for (const subjectId of subjectIds) {
    await consents.remove(subjectDocumentKey(tenantId, subjectId));
    for await (const { key } of everyTagged(exportParts, exportTag.subject(tenantId, subjectId)))
      await exportParts.remove(key);
  }
  for (const visitorId of visitorIds)
    await bus.documents(WithdrawalDocument).remove(withdrawalKey(tenantId, visitorId));
}

/** Streams that know a person by its calls. */
const factsOfCalls = [...CallStream.kinds, ...TranscriptStream.kinds];

async function countFacts({ bus }: ErasePerson, { tenantId, sessionIds }: PrivacyRequest): Promise<number> {
  let count = 0;
  for (const sessionId of sessionIds)
    for await (const _ of bus.history(factsOfCalls, { tenantId, sessionId })) count += 1;
  return count;
}

async function forgetFacts({ bus }: ErasePerson, { tenantId, sessionIds }: ErasedPerson): Promise<void> {
  for (const sessionId of sessionIds) await bus.forget(factsOfCalls, { tenantId, sessionId });
}

/** Without its key, whatever is still sealed for a person is noise. */
async function destroyKeys({ vault }: ErasePerson, { tenantId, subjectIds }: ErasedPerson): Promise<number> {
  for (const subjectId of subjectIds) await vault.forget(tenantId, subjectId);
  return subjectIds.length;
}

/** The receipt is stored here and on the bus, so that either survives the restore of the other. */
async function certify({ erasures, receipts, bus, clock }: ErasePerson, request: PrivacyRequest) {
  const { tenantId, requestId, subjectIds, sessionIds, memberIds, evidence } = request;
  const receiptId = derivedUuid('erasure', requestId);
  const signed = await receipts.sign(ErasureReceipt, receiptId, {
    tenantId,
    privacyRequestId: requestId,
    subjectIds: [...subjectIds],
    sessionIds: [...sessionIds],
    memberIds: [...memberIds],
    evidence: [...evidence],
  });
  const receipt = await erasures.update<string>(requestKey(tenantId, requestId), (now) =>
    now === undefined ? { result: signed, state: { tenantId, requestId, receipt: signed } } : { result: now.receipt },
  );
  await publishErased(bus, request, receipt, clock.now());
  await publishDone(bus, request, receiptId, clock.now());
  return { count: 1, learnt: { receipt } };
}
