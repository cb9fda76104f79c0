import { type Links, linkKey } from '../keep/links.ts';

/** Forgets whom a member was known as at a provider. */
export const forgetLink = (
  { links }: Readonly<{ links: Pick<Links, 'remove'> }>,
  { tenantId, memberId }: Readonly<{ tenantId: string; memberId: string }>,
): Promise<void> => links.remove(linkKey(tenantId, memberId));
