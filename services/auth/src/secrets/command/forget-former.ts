import type { Clock } from '@vox/platform/time';
import { withoutFormer } from '../decide/book.ts';
import type { SecretBooks } from '../keep/books.ts';

/** Forgets the values of a tenant that were replaced a while ago. */
export const forgetFormer = (
  { secretBooks, clock }: Readonly<{ secretBooks: Pick<SecretBooks, 'update'>; clock: Clock }>,
  tenantId: string,
): Promise<void> =>
  secretBooks.update(tenantId, (book) => {
    const state = book && withoutFormer(book, clock.now().getTime());
    return state === undefined || state === book ? { result: undefined } : { result: undefined, state };
  });
