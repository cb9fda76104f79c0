import { someOrigin, somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { key, visitorId, widgetClaims } from '../../checks/tenants.fixture.ts';
import { BootstrapAnswer } from '../accept/answers.ts';
import { bootstrap, renew } from './bootstrap.ts';

const dependencies = {
  ...{ clock, verifiers: {}, botProtection: true, uuid: () => 't1', signWidget: async () => 'token' },
  random: (size: number) => new Uint8Array(size),
};

describe('what a page is told before a call', () => {
  it.each([
    ['brokered', 'brokered', true],
    ['both', 'brokered', false],
    ['direct', 'direct', true],
  ] as const)('is how to call and whether there are captions, where calls are %s', async (calls, wanted, captions) => {
    const page = { policy: somePolicy({ calls, captions }), key, origin: someOrigin, ip: '192.0.2.1' };
    const told = [
      await bootstrap(dependencies)({ ...page, query: { key: someWidgetKey } }),
      await renew(dependencies)({ ...page, claims: widgetClaims, identity: { visitorId } }),
    ];
    for (const each of told) {
      expect(each).toMatchObject({ calls: wanted, captions });
      expect(BootstrapAnswer.parse(each)).toEqual(each);
    }
  });
});
