import { someWidgetKey } from '@vox/testing';
import { expect, it } from 'vitest';
import { key, policy, tenants } from '../../checks/tenants.fixture.ts';
import { keyOfQuery } from './key-of-query.ts';

it('a widget key is found while it is in force, and denied while a revocation could be missed', () => {
  const of = (given: string, isCurrent = true) => keyOfQuery.run(tenants({ isCurrent }))({ query: { key: given } });
  expect(of(someWidgetKey)).toEqual({ policy, key, tenantId: 'acme' });
  expect(() => of('none')).toThrow(expect.objectContaining({ code: 'INVALID_WIDGET_KEY' }));
  expect(() => of(someWidgetKey, false)).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
});
