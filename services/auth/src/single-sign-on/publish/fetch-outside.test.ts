import { type EgressOutcome, type EgressRequest, egress } from '@vox/platform/egress';
import { describe, expect, it } from 'vitest';
import { fetchThrough } from './fetch-outside.ts';

const init = { method: 'GET', headers: { accept: 'application/json' }, redirect: 'manual', body: undefined } as const;
const answering = (over: Partial<Extract<EgressOutcome, { kind: 'answered' }>> = {}) => {
  const asked: EgressRequest[] = [];
  const answered = { kind: 'answered', status: 200, headers: {}, body: Buffer.from('{"a":1}'), isCut: false } as const;
  const send = async (request: EgressRequest): Promise<EgressOutcome> => {
    asked.push(request);
    return { ...answered, ...over };
  };
  return { asked, fetchOutside: fetchThrough({ send }) };
};

describe('the way to a tenant’s provider', () => {
  it('carries method, headers and form, and brings the answer back', async () => {
    const { asked, fetchOutside } = answering({ status: 201, headers: { 'content-type': 'application/json' } });
    const body = new URLSearchParams({ code: 'x y' });
    const answer = await fetchOutside('https://login.acme.example/token', { ...init, method: 'POST', body });
    expect(asked).toMatchObject([{ method: 'POST', body: 'code=x+y', headers: { accept: 'application/json' } }]);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/json']);
    expect(await answer.json()).toEqual({ a: 1 });
  });
  it('brings an answer without a body back, and refuses one that is too long', async () => {
    expect((await answering({ status: 204 }).fetchOutside('https://a.example', init)).status).toBe(204);
    await expect(answering({ isCut: true }).fetchOutside('https://a.example', init)).rejects.toThrow('too much');
  });
  it.each([
    'http://login.acme.example',
    'https://127.0.0.1',
    'https://10.0.0.1',
    'https://169.254.169.254/latest',
    'https://[::1]',
    'https://login.acme.example:8443',
    'https://localhost',
  ])('does not lead to %s', async (url) => {
    const guarded = fetchThrough(egress({ ports: [443], allowLoopback: false }));
    await expect(guarded(url, init)).rejects.toThrow('a provider was not reached');
  });
});
