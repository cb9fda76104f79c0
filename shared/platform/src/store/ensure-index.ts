import {
  type Collection,
  type CreateIndexesOptions,
  type Document,
  type IndexSpecification,
  MongoServerError,
} from 'mongodb';
import { orUnavailable } from '../fault/mod.ts';

const unauthorized = 13;

/**
 * Makes an index if it is not there. A user who may only read, such as the one of the reconciliation, has no right to
 * ask for it: then it must be there already. Throws Fault UNAVAILABLE.
 */
export const ensureIndex = <T extends Document>(
  rows: Collection<T>,
  key: IndexSpecification & Readonly<Record<string, 1 | -1>>,
  options: Pick<CreateIndexesOptions, 'unique'> = {},
): Promise<void> =>
  orUnavailable(async () => {
    try {
      await rows.createIndex(key, options);
    } catch (error) {
      const mayOnlyRead = error instanceof MongoServerError && error.code === unauthorized;
      if (!mayOnlyRead || !(await isThere(rows, key))) throw error;
    }
  });

/** Whether there is an index of these keys, in this order. */
async function isThere<T extends Document>(rows: Collection<T>, key: object): Promise<boolean> {
  const wanted = JSON.stringify(key);
  return (await rows.indexes()).some((index) => JSON.stringify(index.key) === wanted);
}
