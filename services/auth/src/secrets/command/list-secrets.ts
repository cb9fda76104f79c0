import type { SecretView } from '@vox/contracts';
import { noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type SecretBook, secretIn } from '../decide/book.ts';
import { secretView } from '../decide/view.ts';
import type { SecretBooks } from '../keep/books.ts';

export type ListSecretsDependencies = Readonly<{
  secretBooks: Pick<SecretBooks, 'read'>;
  clock: Clock;
  /** Whether there is such a tenant. */
  knowsTenant: (tenantId: string) => Promise<boolean>;
}>;

/** The secrets of a tenant in the order of their names. Throws Fault NOT_FOUND where there is no such tenant. */
export async function listSecrets(
  { secretBooks, clock, knowsTenant }: ListSecretsDependencies,
  tenantId: string,
): Promise<SecretView[]> {
  const book = await secretBooks.read(tenantId);
  if (book === undefined && !(await knowsTenant(tenantId))) throw noTenant(tenantId);
  const nowMs = clock.now().getTime();
  const secrets = (book?.secrets ?? []).map((each) => secretView(tenantId, each, nowMs));
  return secrets.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A secret that has just been changed. */
export function viewIn({ clock }: Readonly<{ clock: Clock }>, book: SecretBook, name: string): SecretView {
  const secret = secretIn(book, name);
  if (secret === undefined) throw new RangeError('a secret that was changed is not there');
  return secretView(book.tenantId, secret, clock.now().getTime());
}
