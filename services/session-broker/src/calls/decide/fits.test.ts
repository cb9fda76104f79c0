import { profileOf, standardProfiles } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { unfit } from './fits.ts';

const [realtime, live] = standardProfiles as [(typeof standardProfiles)[0], (typeof standardProfiles)[0]];
const bare = profileOf({ id: 'far', adapter: 'openai-realtime', region: 'eu', lacks: ['serverEnd'] });
const tool = { type: 'function' as const, name: 'find', description: '', parameters: {} };
const wanted = (over: object = {}) => ({
  ...{ agent: { tools: [] }, model: 'gpt-realtime-2.1', mode: 'brokered' as const, reservedTokens: 100 },
  ...over,
});
const ofLive = { model: 'gpt-live-1', reservedTokens: 0 };

describe('a call that quota admitted', () => {
  it('is made by a provider that can do what it asks', () => {
    expect(unfit(realtime, wanted())).toBeUndefined();
    expect(unfit(realtime, wanted({ mode: 'direct' }))).toBeUndefined();
    expect(unfit(live, wanted(ofLive))).toBeUndefined();
  });
  it.each([
    ['model-not-allowed', 'does not serve its model', realtime, ofLive],
    ['model-not-allowed', 'calls no tools, where its agent has some', live, { ...ofLive, agent: { tools: [tool] } }],
    ['model-not-allowed', 'works in another region', realtime, { agent: { tools: [], region: 'eu' } }],
    ['mode-not-allowed', 'lends no client secrets', live, { ...ofLive, mode: 'direct' }],
    ['mode-not-allowed', 'cannot end it', bare, {}],
    ['model-without-price', 'counts by the second what is held by the token', live, { ...ofLive, reservedTokens: 1 }],
  ])('is denied as %s by a provider that %s', (reason, _why, profile, over) => {
    expect(unfit(profile, wanted(over))).toEqual({ reason });
  });
});
