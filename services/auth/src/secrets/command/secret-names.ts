import type { SecretBooks } from '../keep/books.ts';

/** The names of the secrets that a tenant has; none for a tenant that nobody knows. */
export async function secretNames(
  secretBooks: Pick<SecretBooks, 'read'>,
  tenantId: string,
): Promise<ReadonlySet<string>> {
  const book = await secretBooks.read(tenantId);
  return new Set(book?.secrets.map(({ name }) => name));
}
