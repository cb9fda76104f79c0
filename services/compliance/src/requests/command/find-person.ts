import { type IdentifierKind, type IdentifierMatch, type Identity, SessionRequested, VisitorId } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type CanonicalIdentifier, readIdentifier } from '@vox/platform/identifiers';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { type Calls, callTag } from '../../transcripts/mod.ts';
import { type Countries, findAny, type Vault } from '../../vault/mod.ts';
import { foundNobody, type PrivacyRequest } from '../decide/privacy-request.ts';
import { publishFoundNobody } from '../publish/facts.ts';
import { findMembers } from './find-members.ts';
import { openIdentity, type SealedIdentity, type SealIdentity, sealIdentity } from './sealed-identity.ts';
import type { Step } from './step.ts';

export type FindPerson = SealIdentity &
  Countries &
  Readonly<{
    bus: Pick<Bus, 'ask' | 'publish' | 'history'>;
    calls: Pick<Calls, 'tagged'>;
    vault: Pick<Vault, 'find' | 'identifiersOf'>;
    clock: Clock;
  }>;

/**
 * The first step of every request: finds whom it is about. Where that is nobody, the request is over, and the fact is
 * published before the request says so.
 */
export const find: Step<FindPerson> = {
  async run(dependencies, request) {
    const identifiers = await namedBy(dependencies, request);
    const { identity, ...found } = await findPerson(dependencies, request.tenantId, identifiers);
    if (foundNobody(found)) await publishFoundNobody(dependencies.bus, request, dependencies.clock.now());
    const sealedWhose = await sealIdentity(dependencies, request, identity);
    return { count: found.subjectIds.length + found.memberIds.length, learnt: { sealedWhose, ...found } };
  },
};

/**
 * Whom a request names. A request that was opened before identifiers were read where they are said may name nobody:
 * then nobody is found.
 */
async function namedBy(dependencies: FindPerson, request: PrivacyRequest): Promise<readonly CanonicalIdentifier[]> {
  const { identifier, identifiers } = await openIdentity(dependencies, request);
  const country = dependencies.policies.get(request.tenantId)?.country ?? null;
  const old = identifier && readIdentifier(identifier, country);
  return old === undefined ? identifiers : [old, ...identifiers];
}

type FoundPerson = Readonly<{
  subjectIds: readonly string[];
  sessionIds: readonly string[];
  /** Members of the tenant that the identifiers lead to. Once they are erased, their ids lead to nobody. */
  memberIds: readonly string[];
  matches: readonly IdentifierMatch[];
  identity: SealedIdentity;
}>;

/**
 * Everything that a person's request is about: the subjects that its identifiers find, what they are known by besides,
 * and every call that they asked for, refused ones too, as far as a stream still knows of those.
 */
async function findPerson(
  dependencies: FindPerson,
  tenantId: string,
  identifiers: readonly CanonicalIdentifier[],
): Promise<FoundPerson> {
  const { bus, vault } = dependencies;
  const { subjects, matches: ofSubjects } = await findAny(dependencies, tenantId, identifiers);
  const members = await findMembers(dependencies, tenantId, identifiers);
  const memberIds = [...new Set(members.flat())];
  const matches = ofSubjects.map((match, n) => ({ ...match, subjects: match.subjects + (members[n]?.length ?? 0) }));
  const kept = (await Promise.all(subjects.map((subject) => vault.identifiersOf(subject)))).flat();
  const known = [...kept, ...identifiers.map(({ kind, form: value }) => ({ kind, value }))];
  const valuesOf = (kind: IdentifierKind) => [
    ...new Set(known.filter((each) => each.kind === kind).map(({ value }) => value)),
  ];
  // An id in another form belongs to no visitor.
  const visitorIds = valuesOf('visitor').filter((value) => VisitorId.safeParse(value).success);
  const userIds = [...new Set([...valuesOf('user'), ...memberIds])];
  const identity = { identifiers: [...identifiers], visitorIds, userIds, emails: valuesOf('email') };
  const sessionIds = new Set<string>();
  for (const { subjectId } of subjects)
    for (const sessionId of await callsOf(dependencies, tenantId, subjectId)) sessionIds.add(sessionId);
  for await (const { data } of bus.history([SessionRequested], { tenantId }))
    if (isOf(identity, data.identity)) sessionIds.add(data.sessionId);
  const subjectIds = subjects.map(({ subjectId }) => subjectId);
  return { identity, matches, subjectIds, memberIds, sessionIds: [...sessionIds] };
}

const isOf = ({ visitorIds, userIds }: SealedIdentity, identity: Identity): boolean =>
  identity.kind === 'widget' ? visitorIds.includes(identity.visitorId) : userIds.includes(identity.userId);

async function callsOf({ calls }: Pick<FindPerson, 'calls'>, tenantId: string, subjectId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { state } of everyTagged(calls, callTag.subject(tenantId, subjectId))) found.push(state.sessionId);
  return found;
}
