import { expect, it } from 'vitest';
import { z } from 'zod';
import { cellsPromises } from './cells.promises.ts';
import { memoryCells } from './memory.ts';

cellsPromises('the in-memory store', async (kind, copies) => {
  const cells = memoryCells(kind);
  return Array.from({ length: copies }, () => cells);
});

it('may throw although the change took effect, as a real store may', async () => {
  let broken = true;
  const cells = memoryCells(
    { collection: 'n', schema: z.number() },
    {
      fault: (point) => {
        if (point === 'written' && broken) throw new Error('link lost');
      },
    },
  );
  const add = (state = 0) => ({ result: state + 1, state: state + 1 });
  await expect(cells.change('a', add)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  broken = false;
  expect(await cells.change('a', add)).toBe(2);
});
