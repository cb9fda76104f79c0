import {
  IdentifierKind,
  type IdentifierMatch,
  type Identity,
  type PersonReference,
  SessionRequested,
  VisitorId,
} from '@vox/contracts';
import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import { everyTagged } from '@vox/platform/store';
import { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import { callTag } from '../../transcripts/keep/calls.ts';
import { findAny } from '../../vault/command/read-identifiers.ts';

const OneNamed = z.object({ kind: IdentifierKind, form: z.string() });
/** What a request that was opened before it could name several was sealed with. */
const OneWritten = z.object({ kind: IdentifierKind, value: z.string() });

/** Who a request is about, as it is sealed in the request until its last step. */
export const Sealed = z.object({
  identifier: OneWritten.optional(),
  identifiers: z.array(OneNamed).default([]),
  visitorIds: z.array(z.string()),
  userIds: z.array(z.string()),
});
export type Sealed = z.infer<typeof Sealed>;

type SealNeeds = Pick<Needs, 'ring' | 'random'>;
const place = (tenantId: string, requestId: string): string => `request:${tenantId}:${requestId}`;

/** Under the tenant's key, for the persons' own keys are gone before the last step. */
export async function sealWhose(
  { ring, random }: SealNeeds,
  { tenantId, requestId }: Readonly<{ tenantId: string; requestId: string }>,
  whose: Sealed,
): Promise<string> {
  const { data } = await ring.keysOf(tenantId);
  return seal(data, place(tenantId, requestId), JSON.stringify(Sealed.parse(whose)), random);
}

export async function openWhose(
  { ring }: Pick<Needs, 'ring'>,
  { tenantId, requestId, sealedWhose }: Readonly<{ tenantId: string; requestId: string; sealedWhose: string | null }>,
): Promise<Sealed> {
  const { data } = await ring.keysOf(tenantId);
  const text = sealedWhose === null ? undefined : unseal(data, place(tenantId, requestId), sealedWhose);
  if (text === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a privacy request does not open') });
  return Sealed.parse(JSON.parse(text));
}

export type Person = Readonly<{
  subjectIds: readonly string[];
  sessionIds: readonly string[];
  matches: readonly IdentifierMatch[];
  whose: Sealed;
}>;

/**
 * Everything that a person's request is about: the subjects that its identifiers find, what they are known by besides, and every call that they asked
 * for, refused ones too, as far as a stream still knows of those.
 */
export async function findPerson(
  needs: Needs,
  tenantId: string,
  identifiers: readonly CanonicalIdentifier[],
): Promise<Person> {
  const { subjects, matches } = await findAny(needs, tenantId, identifiers);
  const kept = (await Promise.all(subjects.map((subject) => needs.vault.identifiersOf(subject)))).flat();
  const known = [...kept, ...identifiers.map(({ kind, form: value }) => ({ kind, value }))];
  const valuesOf = (kind: IdentifierKind) => [
    ...new Set(known.filter((each) => each.kind === kind).map(({ value }) => value)),
  ];
  // What has not the form of a visitor's id is nobody's.
  const visitorIds = valuesOf('visitor').filter((value) => VisitorId.safeParse(value).success);
  const whose = { identifiers: [...identifiers], visitorIds, userIds: valuesOf('user') };
  const sessionIds = new Set<string>();
  for (const { subjectId } of subjects)
    for (const sessionId of await callsOf(needs, tenantId, subjectId)) sessionIds.add(sessionId);
  for await (const { data } of needs.bus.history([SessionRequested], { tenantId }))
    if (isOf(whose, data.identity)) sessionIds.add(data.sessionId);
  return { whose, matches, subjectIds: subjects.map(({ subjectId }) => subjectId), sessionIds: [...sessionIds] };
}

const isOf = ({ visitorIds, userIds }: Pick<Sealed, 'visitorIds' | 'userIds'>, identity: Identity): boolean =>
  identity.kind === 'widget' ? visitorIds.includes(identity.visitorId) : userIds.includes(identity.userId);

async function callsOf({ calls }: Pick<Needs, 'calls'>, tenantId: string, subjectId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { state } of everyTagged(calls, callTag.subject(tenantId, subjectId))) found.push(state.sessionId);
  return found;
}

const askedAtOnce = 200;

/** What is asked of another service, in questions that a message carries. */
export function* questionsAbout(
  tenantId: string,
  { visitorIds, userIds }: Pick<Sealed, 'visitorIds' | 'userIds'>,
  sessionIds: readonly string[],
): Iterable<PersonReference> {
  const most = Math.max(visitorIds.length, userIds.length, sessionIds.length, 1);
  for (let from = 0; from < most; from += askedAtOnce) {
    const part = <T>(all: readonly T[]): T[] => all.slice(from, from + askedAtOnce);
    yield { tenantId, visitorIds: part(visitorIds), userIds: part(userIds), sessionIds: part(sessionIds) };
  }
}
