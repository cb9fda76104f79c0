import type { SubjectIdentifier } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type CanonicalIdentifier, readIdentifiers } from '@vox/platform/identifiers';

/** Where a tenant's country is looked up: it says how a number without a prefix is read. */
export type Countries = Readonly<{
  policies: Readonly<{ get: (tenantId: string) => Readonly<{ country: string | null }> | undefined }>;
}>;

/**
 * Reads identifiers as somebody said them, each into its one form. Throws Fault INVALID_REQUEST, which names each that
 * belongs to nobody and says what is wanted in its place: unread, two strangers would share what neither of them is
 * known by.
 */
export function namedIn(
  { policies }: Countries,
  tenantId: string,
  said: readonly SubjectIdentifier[],
  path = 'identifiers',
): readonly CanonicalIdentifier[] {
  const { named, issues } = readIdentifiers(said, policies.get(tenantId)?.country ?? null, path);
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return named;
}
