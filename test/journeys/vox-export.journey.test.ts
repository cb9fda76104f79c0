import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { voxCommand } from '@vox/cli/commands';
import { sentencesOf } from '@vox/cli/sentences';
import { LinkSubject, type PrivacyRequestView } from '@vox/contracts';
import { settled } from '@vox/testing';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const tenantId = 'demo';
const email = 'ann@example.com';
const why = ['--reason', 'she asked'];

describe('an officer who answers a person with vox', () => {
  let journey: Journey;
  let folder: string;
  let said: unknown[] = [];
  let notes: string[] = [];
  let printed = '';
  const out = (name: string) => join(folder, name);
  beforeEach(async () => {
    journey = await openJourney();
    folder = mkdtempSync(join(tmpdir(), 'vox-officer-'));
  });
  afterEach(async () => {
    await journey.close();
    rmSync(folder, { recursive: true, force: true });
    process.exitCode = 0;
  });
  const vox = async (...args: string[]): Promise<unknown> => {
    [said, notes, printed] = [[], [], ''];
    const print = async (text: string) => void (printed += text);
    await voxCommand({
      ...{ ask: journey.bus.ask, actor: 'operator:test', requestId: randomUUID(), print },
      ...{ say: (answer) => void said.push(answer), note: (text) => void notes.push(text) },
    }).parseAsync(args, { from: 'user' });
    return said[0];
  };
  const refused = (...args: string[]) => vox(...args).then(() => [], sentencesOf);
  /** A call that goes on, of a person who said who it is. */
  async function call(): Promise<void> {
    const headers = { 'content-type': 'application/json', origin };
    const body = JSON.stringify({ widgetKey: journey.widgetKey });
    const answer = await fetch(`${journey.url}/api/session`, { method: 'POST', headers, body });
    const { sm_session_id: sessionId } = (await answer.json()) as { sm_session_id: string };
    await settled(journey.bus);
    const identifiers = [{ kind: 'email' as const, value: email }];
    await journey.bus.ask(LinkSubject, { tenantId, sessionId, identifiers, actor: 'operator:test' });
  }

  it('writes an archive that is marked partial while a call goes on, fetches it again, and proves both without asking anybody', async () => {
    await call();
    const asked = ['subject', 'export', tenantId, '--email', email, ...why, '--out', out('a.zip')];
    const request = (await vox(...asked)) as PrivacyRequestView & { progress: string };
    expect(request).toMatchObject({ state: 'done', progress: '8 of 8 steps done: finished', archive: out('a.zip') });
    expect(notes.join('\n')).toMatch(/^request [0-9a-f-]{36}, due \d{4}-\d\d-\d\d; it goes on by itself/);
    expect(notes.join('\n')).toMatch(/PARTIAL: 1 of the person’s calls went on meanwhile/);
    const files = unzipSync(readFileSync(out('a.zip')));
    expect(strFromU8(files['cover-page.html'] as Uint8Array)).toContain('This copy is partial');

    await vox('subject', 'fetch', tenantId, request.privacyRequestId, ...why, '--out', out('b.zip'));
    expect(readFileSync(out('b.zip')).equals(readFileSync(out('a.zip')))).toBe(true);
    expect(notes.join()).toMatch(/PARTIAL/);

    writeFileSync(out('keys.json'), JSON.stringify(await vox('audit', 'keys')));
    writeFileSync(out('request.json'), JSON.stringify(request));
    const nobody = voxCommand({
      ask: async () => Promise.reject(new Error('somebody was asked')),
      ...{ actor: 'operator:test', requestId: 'r', say: () => undefined, note: () => undefined },
      print: async (text) => void (printed += text),
    });
    for (const name of ['a.zip', 'request.json']) {
      printed = '';
      await nobody.parseAsync(['receipt', 'verify', out(name), '--keys', out('keys.json')], { from: 'user' });
      expect(printed).toMatch(/: sound\. A receipt of kind export/);
      expect(process.exitCode ?? 0).toBe(0);
    }
    writeFileSync(out('request.json'), JSON.stringify(request).replace(/"receipt":"([^"]{60})./, '"receipt":"$1_'));
    await vox('receipt', 'verify', out('request.json'));
    expect(printed).toMatch(/^receipt: NOT SOUND\. It (was altered|is no receipt)/);
    expect(process.exitCode).toBe(1);
  }, 30_000);

  it('asks for nothing at all where the archive could not be written', async () => {
    writeFileSync(out('there'), 'kept');
    const asked = (name: string) => ['subject', 'export', tenantId, '--email', email, ...why, '--out', out(name)];
    expect(await refused(...asked('there'))).toEqual([expect.stringMatching(/^--out exists already/)]);
    expect(await refused(...asked('none/a.zip'))).toEqual([expect.stringMatching(/^--out names a folder/)]);
    expect(await vox('subject', 'requests', tenantId)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['there']);
  });

  it('leaves no half of an archive behind where it could not be fetched', async () => {
    const asked = ['subject', 'fetch', tenantId, randomUUID(), ...why, '--out', out('a.zip')];
    expect(await refused(...asked)).toEqual(['the request is no request of this tenant.']);
    expect(existsSync(out('a.zip'))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('sees of each request what is done of all and what it waits for, one by its id, and those that are late', async () => {
    await call();
    const late = ['--received', '2020-01-01'];
    await vox('subject', 'erase', tenantId, '--email', email, ...why);
    await vox('subject', 'export', tenantId, '--email', email, ...why, ...late, '--out', out('a.zip'));
    const all = (await vox('subject', 'requests', tenantId)) as (PrivacyRequestView & { due: string })[];
    expect(all.map(({ kind, due }) => [kind, due])).toEqual([
      ['export', 'done'],
      ['erase', 'done'],
    ]);
    expect(await vox('subject', 'requests', tenantId, '--id', all[1]?.privacyRequestId ?? '')).toMatchObject({
      kind: 'erase',
      progress: '9 of 9 steps done: finished',
    });
    expect(await vox('subject', 'requests', tenantId, '--overdue')).toEqual([]);
    expect(await vox('subject', 'requests', tenantId, '--kind', 'erase')).toHaveLength(1);
    expect(await vox('subject', 'requests', tenantId, '--limit', '1')).toHaveLength(1);
    const [more = ''] = notes;
    expect(more).toMatch(/^there are more: --after /);
    const after = more.replace('there are more: --after ', '');
    expect(await vox('subject', 'requests', tenantId, '--after', after)).toMatchObject([{ kind: 'erase' }]);
  }, 30_000);
});
