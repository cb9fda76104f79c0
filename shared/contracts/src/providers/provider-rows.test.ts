import { describe, expect, it } from 'vitest';
import { serves } from './provider.ts';
import { ProviderRows, profilesOf } from './provider-rows.ts';

const azure = {
  id: 'azure',
  adapter: 'openai-realtime',
  baseUrl: 'https://acme.openai.azure.com',
  path: '/openai/v1',
  headers: { 'api-key': { env: 'AZURE_KEY' } },
};
const read = (...rows: object[]) => ProviderRows.safeParse(JSON.stringify(rows));
const mistakes = (...rows: object[]) => read(...rows).error?.issues.map(({ message }) => message);

describe('the providers of an installation', () => {
  it('are OpenAI by both interfaces and the rows that are configured, of which one may take its place', () => {
    const rows = read(azure, { ...azure, id: 'openai', region: 'eu' }).data ?? [];
    expect(profilesOf(rows).map(({ id, abilities }) => [id, abilities.region])).toEqual([
      ['openai-live', 'global'],
      ['azure', 'global'],
      ['openai', 'eu'],
    ]);
    // A page knows where one provider is: a secret of any other would go to the wrong host.
    const lends = profilesOf(rows).filter(({ abilities }) => abilities.clientSecrets);
    expect(lends.map(({ id }) => id)).toEqual(['openai']);
  });
  it('lack what their row says, and serve the models that it names', () => {
    const [row] = read({ ...azure, lacks: ['trustedUsage'], models: ['gpt-realtime-2.1', 'acme-*'] }).data ?? [];
    const profile = profilesOf(row && [row]).find(({ id }) => id === 'azure');
    expect(profile?.abilities).toMatchObject({ trustedUsage: false, serverEnd: true });
    const served = ['gpt-realtime-2.1', 'gpt-realtime-2.1-mini', 'acme-one'].map((m) => profile && serves(profile, m));
    expect(served).toEqual([true, false, true]);
  });
  it.each([
    ['at 0.baseUrl', { baseUrl: 'https://user:canary@a.example' }],
    ['at 0.baseUrl', { baseUrl: 'https://a.example/canary' }],
    ['at 0.baseUrl', { baseUrl: 'ftp://canary' }],
    ['at 0.path', { path: '/../canary' }],
    ['at 0.adapter', { adapter: 'canary' }],
    ['at 0.id', { id: 'Canary' }],
    ['at 0.lacks.0', { lacks: ['canary'] }],
    ['at 0.models.0', { models: ['canary**'] }],
    ['at 0.headers.api-key', { headers: { 'api-key': { value: 'canary' } } }],
    ['at 0.headers.Authorization', { headers: { Authorization: { value: 'canary' } } }],
    ['at 0.headers.x-org', { headers: { 'x-org': { value: 'canary', env: 'CANARY' } } }],
    ['at 0.headers.Host', { headers: { Host: { value: 'canary' } } }],
    ['at 0.deadlineMs', { deadlineMs: 0 }],
  ])('are refused with the place of a mistake, %s, and no value is repeated', (place, over) => {
    const told = mistakes({ ...azure, ...over });
    expect(told).toEqual([expect.stringContaining(`${place}: `)]);
    expect(JSON.stringify(told)).not.toContain('canary');
  });
  it('are refused when they are no JSON, and when two bear one id', () => {
    expect(ProviderRows.safeParse('[').error?.issues[0]?.message).toContain('at its top: ');
    expect(mistakes(azure, azure)).toEqual(['at 1.id: is the id of a row before it']);
  });
});
