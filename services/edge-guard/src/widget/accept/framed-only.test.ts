import { expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { framedOnly } from './framed-only.ts';

it('the page of a call is a frame, and is refused as a document of its own', () => {
  const run = framedOnly.run({});
  for (const headers of [{ 'sec-fetch-dest': 'iframe' }, {}]) expect(run(asked({ headers }))).toBeUndefined();
  const alone = asked({ headers: { 'sec-fetch-dest': 'document' } });
  expect(() => run(alone)).toThrow(expect.objectContaining({ code: 'ORIGIN_MISMATCH' }));
});
