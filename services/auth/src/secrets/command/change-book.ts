import { type Acting, mistakeSaid, secretAheadDaysMax, secretsMax } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault, invalidField, issueAt } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { stampOf } from '../../tenants/mod.ts';
import { type BookDecision, emptyBook, type SecretBook } from '../decide/book.ts';
import type { SecretBooks } from '../keep/books.ts';
import type { OpenKey } from '../keep/data-keys.ts';
import { type PublishBookDependencies, publishBook } from './publish-book.ts';

export type ChangeBookDependencies = PublishBookDependencies &
  Readonly<{
    secretBooks: Pick<SecretBooks, 'update'>;
    bus: Pick<Bus, 'publish'>;
    clock: Clock;
    uuid: () => string;
  }>;

/** What a change is decided of, and the key that it seals under, when it seals. */
export type Change = Readonly<{
  keyOf?: (book: SecretBook) => Promise<OpenKey>;
  decide: (book: SecretBook, nowMs: number, key: OpenKey | undefined) => BookDecision;
}>;

/** Stores what is decided of a tenant's secrets, and publishes it. Throws the fault of a refusal. */
export async function changeBook(
  dependencies: ChangeBookDependencies,
  tenantId: string,
  by: Acting,
  { keyOf, decide }: Change,
): Promise<SecretBook> {
  const stamp = stampOf(dependencies, by);
  const { book, refused } = await dependencies.secretBooks.update<{ book: SecretBook; refused?: BookDecision }>(
    tenantId,
    async (known = emptyBook(tenantId)) => {
      // A write that was taken for failed may have taken effect.
      if (known.untold.some(({ id }) => id === stamp.id)) return { result: { book: known } };
      const key = await keyOf?.(known);
      const decision = decide(known, stamp.atMs, key);
      if (decision.kind !== 'change') return { result: { book: known, refused: decision } };
      const { secrets, what } = decision;
      const isNewKey = key !== undefined && !known.dataKeys.some(({ id }) => id === key.key.id);
      const keys = isNewKey ? [key.key, ...known.dataKeys] : known.dataKeys;
      const state = { ...known, dataKeys: keys, secrets, untold: [...known.untold, { ...stamp, ...what }] };
      return { result: { book: state }, state };
    },
  );
  if (refused !== undefined) throw faultOf(refused);
  await publishBook(dependencies, book);
  return book;
}

export const noSecret = (): Fault => new Fault('NOT_FOUND', { issues: [issueAt('name', mistakeSaid('no-secret'))] });

function faultOf({ kind }: BookDecision): Fault {
  switch (kind) {
    case 'exists':
      return invalidField('name', mistakeSaid('secret-already'));
    case 'too many':
      return invalidField('name', mistakeSaid('secrets-full', { most: secretsMax }));
    case 'not ahead':
      return invalidField('inForceFrom', mistakeSaid('secret-not-ahead', { days: secretAheadDaysMax }));
    case 'new host':
      return invalidField('hosts', mistakeSaid('host-not-of-secret'));
    case 'other version':
      return new Fault('VERSION_MISMATCH', {
        issues: [issueAt('ifVersion', mistakeSaid('other-secret-version'))],
      });
    default:
      return noSecret();
  }
}
