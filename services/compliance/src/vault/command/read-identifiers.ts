import type { SubjectIdentifier } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type CanonicalIdentifier, readIdentifiers, readSubject } from '@vox/platform/identifiers';

/** Where a tenant's country is looked up: it says how a number without a prefix is read. */
export type Countries = Readonly<{
  policies: Readonly<{ get: (tenantId: string) => Readonly<{ country: string | null }> | undefined }>;
}>;

type Read = ReturnType<typeof readIdentifiers>;

/** Reads by a tenant's country. Throws Fault INVALID_REQUEST, which names each mistake and says what is wanted. */
function readBy({ policies }: Countries, tenantId: string, read: (country: string | null) => Read): Read['named'] {
  const { named, issues } = read(policies.get(tenantId)?.country ?? null);
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return named;
}

/**
 * Reads identifiers as somebody said them, each into its one form. One that belongs to nobody is refused: unread, two
 * strangers would share what neither of them is known by.
 */
export const namedIn = (
  countries: Countries,
  tenantId: string,
  said: readonly SubjectIdentifier[],
  path = 'identifiers',
): readonly CanonicalIdentifier[] => readBy(countries, tenantId, (country) => readIdentifiers(said, country, path));

/** Who a visitor says it is. The door has read it by the tenant's policy; any other asker is refused all the same. */
export const namedAs = (
  countries: Countries,
  tenantId: string,
  said: Parameters<typeof readSubject>[0],
): readonly CanonicalIdentifier[] => readBy(countries, tenantId, (country) => readSubject(said, country));
