import { expect, it } from 'vitest';
import { z } from 'zod';
import { documentsPromises } from './documents.promises.ts';
import { memoryDocuments } from './memory.ts';

documentsPromises('the in-memory store', async (kind, copies) => {
  const documents = memoryDocuments(kind);
  return Array.from({ length: copies }, () => documents);
});

it('may throw although the change took effect, as a real store may', async () => {
  let broken = true;
  const documents = memoryDocuments(
    { collection: 'n', schema: z.number() },
    {
      fault: (point) => {
        if (point === 'written' && broken) throw new Error('link lost');
      },
    },
  );
  const add = (state = 0) => ({ result: state + 1, state: state + 1 });
  await expect(documents.update('a', add)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  broken = false;
  expect(await documents.update('a', add)).toBe(2);
});
