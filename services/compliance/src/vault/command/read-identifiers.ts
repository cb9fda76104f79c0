import type { IdentifierMatch, SubjectIdentifier } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type CanonicalIdentifier, readIdentifiers } from '@vox/platform/identifiers';
import type { Needs } from '../../dependencies.ts';
import type { Subject } from '../decide/keys.ts';

/**
 * Identifiers as somebody said them, each in its one form. Throws Fault INVALID_REQUEST, which names each that is nobody's and what is wanted in its
 * place: unread, two strangers would share what neither of them is known by.
 */
export function namedIn(
  { policies }: Pick<Needs, 'policies'>,
  tenantId: string,
  said: readonly SubjectIdentifier[],
  path = 'identifiers',
): readonly CanonicalIdentifier[] {
  const { named, issues } = readIdentifiers(said, policies.get(tenantId)?.country ?? null, path);
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return named;
}

export type Found = Readonly<{ subjects: readonly Subject[]; matches: readonly IdentifierMatch[] }>;

/** Everybody whom any of them leads to, each once, and how many each leads to. */
export async function findAny(
  { vault }: Pick<Needs, 'vault'>,
  tenantId: string,
  named: readonly CanonicalIdentifier[],
): Promise<Found> {
  const subjects = new Map<string, Subject>();
  const matches: IdentifierMatch[] = [];
  for (const each of named) {
    const found = await vault.find(tenantId, each);
    matches.push({ kind: each.kind, subjects: found.length });
    for (const subject of found) subjects.set(subject.subjectId, subject);
  }
  return { subjects: [...subjects.values()], matches };
}
