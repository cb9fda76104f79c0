import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LinkSubject, PutTenant, ReadTranscript, SearchTranscripts, TenantDraft } from '@vox/contracts';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { silentLog } from '@vox/platform/telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from './commands.ts';
import { openOperatorDoor, operatorDoor } from './reach/operator-door.ts';

const example = fileURLToPath(new URL('../../docs/tenant.json', import.meta.url));

describe('the vox command, through the door of all-in-one,', () => {
  let folder: string;
  let bus: MemoryBus;
  let door: { close: () => Promise<void> };
  const said: unknown[] = [];
  const printed: string[] = [];
  const run = (...args: string[]) => {
    const door = operatorDoor(folder);
    if (door === undefined) throw new Error('no door');
    const vox = voxCommand({
      ...{ ask: door.ask, view: async () => door.view },
      actor: 'operator:test',
      requestId: 'r1',
      say: (answer) => void said.push(answer),
      note: () => undefined,
      print: async (text) => void printed.push(text),
    });
    return vox.exitOverride().parseAsync(args, { from: 'user' });
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vox-operator-'));
    bus = memoryBus();
    door = await openOperatorDoor(bus, folder, silentLog);
    said.length = 0;
    printed.length = 0;
  });
  afterEach(async () => {
    await door.close();
    await bus.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('puts the tenant of the documentation', async () => {
    const drafts: unknown[] = [];
    await bus.answer(PutTenant, async ({ draft }) => {
      drafts.push(TenantDraft.parse(draft));
      return { tenantId: 'acme', version: 1, created: true };
    });
    await run('tenant', 'put', example);
    expect(drafts).toMatchObject([{ tenantId: 'acme', timeZone: 'Europe/Madrid' }]);
    expect(said).toEqual([{ tenantId: 'acme', version: 1, created: true }]);
  });
  it('searches transcripts by identifiers, reads all pages of one, and links its person', async () => {
    const sessionId = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
    const asked: unknown[] = [];
    const at = '2026-05-05T12:00:00.000Z';
    const header = {
      ...{ sessionId, subjectId: sessionId, agentId: 'guide', startedAt: at, endedAt: null, finalisedAt: null },
      ...{ messages: 2, complete: true },
    };
    const message = (id: string) => ({ id, role: 'user' as const, text: id, at });
    await bus.answer(SearchTranscripts, async (request) => {
      asked.push(request);
      return { transcripts: [header], next: null };
    });
    await bus.answer(ReadTranscript, async ({ reason, requestId, after }) => {
      asked.push({ reason, requestId });
      return { transcript: header, messages: [message(after ?? 'first')], next: after === undefined ? 'second' : null };
    });
    await bus.answer(LinkSubject, async ({ identifiers }) => {
      asked.push(identifiers);
      return { subjectId: sessionId };
    });
    await run('transcript', 'search', 'acme', '--email', 'ann@example.com', '--from', '2026-05-01', '--limit', '5');
    await run('transcript', 'read', 'acme', sessionId, '--reason', 'complaint 7');
    await run('subject', 'link', 'acme', sessionId, '--phone', '+34 600 111 222');
    const identifier = { kind: 'email', value: 'ann@example.com' };
    const reading = { reason: 'complaint 7', requestId: 'r1' };
    expect(asked).toEqual([
      { tenantId: 'acme', identifiers: [identifier], from: '2026-05-01T00:00:00.000Z', limit: 5 },
      reading,
      reading,
      [{ kind: 'phone', value: '+34 600 111 222' }],
    ]);
    expect(said).toMatchObject([
      { transcripts: [header] },
      { transcript: header, messages: [{ id: 'first' }, { id: 'second' }] },
      { subjectId: sessionId },
    ]);
    await expect(run('transcript', 'read', 'acme', sessionId)).rejects.toThrow();
  });
  it('reports a refusal with the wrong fields, and an unreadable file by its name', async () => {
    await expect(run('tenant', 'show', 'Not A Tenant')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(run('tenant', 'put', '/nowhere.json')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: '/nowhere.json' }] },
    });
  });
  it('is refused without the secret of the door, and for a question that does not exist', async () => {
    const note = (await import('node:fs')).readFileSync(join(folder, '.vox', 'operator.json'), 'utf8');
    const { url, secret } = JSON.parse(note) as { url: string; secret: string };
    const post = (path: string, authorization: string) =>
      fetch(url + path, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{}' });
    expect((await post('/ask/auth/tenant-show', 'Bearer wrong')).status).toBe(401);
    expect((await post('/ask/auth/nothing', `Bearer ${secret}`)).status).toBe(404);
  });
  it('finds no door after all-in-one was closed', async () => {
    await door.close();
    expect(operatorDoor(folder)).toBeUndefined();
    door = { close: async () => undefined };
  });
});

describe('the README', () => {
  const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
  /** What the table says of each noun, all its rows together. */
  const rowsOf = (noun: string): string =>
    readme
      .split('\n')
      .filter((line) => line.startsWith('|') && new RegExp(`\\\`${noun}\\b`).test(line.split(' | ')[0] ?? ''))
      .map((line) => line.split(' | ')[0])
      .join(' ');

  it('names every command of vox, each noun with its verbs', () => {
    const nothing = async () => undefined;
    const operator = { ask: nothing as never, actor: 'operator:test', requestId: 'r1', say: nothing, note: nothing };
    const { commands } = voxCommand({ ...operator, print: nothing });
    const missing = commands.flatMap((noun) => {
      const row = rowsOf(noun.name());
      if (row === '') return [noun.name()];
      if (row.includes('…')) return [];
      const verbs = noun.commands.map((verb) => verb.name());
      return verbs
        .filter((verb) => !new RegExp(`[ \\\`]${verb}\\\``).test(row))
        .map((verb) => `${noun.name()} ${verb}`);
    });
    expect(missing).toEqual([]);
  });
});
