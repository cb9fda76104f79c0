import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Question } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';

describe('vox sso and vox member', () => {
  let folder: string;
  const asked: unknown[] = [];
  const said: unknown[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vox-sso-'));
    asked.length = said.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) =>
    voxCommand({
      ask: (async (question: Question, request: unknown) => {
        asked.push([question.name, question.request.parse(request)]);
        return { done: true };
      }) as never,
      actor: 'operator:test',
      requestId: 'r1',
      say: (answer) => void said.push(answer),
      note: () => undefined,
      print: async () => undefined,
    }).parseAsync(args, { from: 'user' });
  const by = { actor: 'operator:test', requestId: 'r1' };

  it('put a provider whose secret is read from a file, and show none of it', async () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'canary\n');
    const issuer = 'https://login.acme.example';
    const given = ['--issuer', issuer, '--client-id', 'vox', '--client-secret-file', file, '--domain', 'acme.example'];
    await run('sso', 'put', 'acme', ...given, '--required', '--reason', 'new provider');
    const wanted = { issuer, clientId: 'vox', clientSecret: 'canary', domains: ['acme.example'], isRequired: true };
    const request = { tenantId: 'acme', ...wanted, secondFactor: 'asked', ...by, reason: 'new provider' };
    expect(asked).toEqual([['single-sign-on-put', request]]);
    expect(said).toEqual([{ done: true }]);
  });
  it('prove a domain, show and remove the provider, and reset the factors of a member', async () => {
    await run('sso', 'prove-domain', 'acme', 'acme.example');
    await run('sso', 'show', 'acme');
    await run('sso', 'remove', 'acme');
    const memberId = 'm_0123456789abcdefghijkl';
    await run('member', 'reset-factors', 'acme', memberId, '--reason', 'lost telephone');
    expect(asked).toEqual([
      ['domain-prove', { tenantId: 'acme', domain: 'acme.example', ...by }],
      ['single-sign-on-show', { tenantId: 'acme', ...by }],
      ['single-sign-on-remove', { tenantId: 'acme', ...by }],
      ['second-factor-reset', { tenantId: 'acme', memberId, ...by, reason: 'lost telephone' }],
    ]);
  });
});
