import type { PersonReference } from '@vox/contracts';

/** A service may have to end calls first. */
export const askMs = 10_000;
const askedAtOnce = 200;

/** A person as the other services know it. */
export type PersonIds = Readonly<{
  tenantId: string;
  visitorIds: readonly string[];
  userIds: readonly string[];
  sessionIds: readonly string[];
  /** Addresses, in their canonical form. */
  emails: readonly string[];
}>;

/** What is asked of another service about a person, in questions that a message carries. There is at least one. */
export function* questionsAbout({
  tenantId,
  visitorIds,
  userIds,
  sessionIds,
  emails,
}: PersonIds): Iterable<PersonReference> {
  const most = Math.max(visitorIds.length, userIds.length, sessionIds.length, emails.length, 1);
  for (let from = 0; from < most; from += askedAtOnce) {
    const part = <T>(all: readonly T[]): T[] => all.slice(from, from + askedAtOnce);
    yield {
      ...{ tenantId, visitorIds: part(visitorIds), userIds: part(userIds) },
      ...{ sessionIds: part(sessionIds), emails: part(emails) },
    };
  }
}
