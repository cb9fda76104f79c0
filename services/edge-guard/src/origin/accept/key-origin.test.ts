import { someOrigin } from '@vox/testing';
import { expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { key } from '../../checks/tenants.fixture.ts';
import { keyOrigin } from './key-origin.ts';

it('a widget key is used by pages of its origins, and by no other', () => {
  const run = keyOrigin.run({});
  expect(run({ ...asked({ headers: { origin: someOrigin } }), key })).toEqual({ origin: someOrigin });
  for (const request of [asked(), asked({ headers: { origin: 'null' } })])
    expect(() => run({ ...request, key })).toThrow(expect.objectContaining({ code: 'ORIGIN_MISMATCH' }));
});
