import type { SingleSignOnRefusal } from '@vox/contracts';
import { type Connection, domainOf, hasProved } from './connection.ts';

/** What a provider vouches for. The address is in its canonical form; undefined where it gave none. */
export type Vouched = Readonly<{ subject: string; email: string | undefined; isVerified: boolean }>;

/** Whether a person may come in as far as the provider's word goes. */
export function refusalOf(
  connection: Pick<Connection, 'domains'>,
  { email, isVerified }: Vouched,
): Extract<SingleSignOnRefusal, 'unverified' | 'domain'> | undefined {
  if (email === undefined || !isVerified) return 'unverified';
  return hasProved(connection, domainOf(email)) ? undefined : 'domain';
}

/** Whom a member is known as at a provider. */
export type Link = Readonly<{ issuer: string; subjectHash: string }>;

/**
 * Whether an address leads to the person it led to before. A provider may give an address to somebody else (OpenID
 * Connect Core §5.7: only issuer and subject name a person), who must not become the member. Where the tenant has
 * changed its provider, the first login there makes a new link.
 */
export const isOtherPerson = (known: Link | undefined, shown: Link): boolean =>
  known !== undefined && known.issuer === shown.issuer && known.subjectHash !== shown.subjectHash;
