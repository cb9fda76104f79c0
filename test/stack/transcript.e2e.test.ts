import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LinkSubject, ReadTranscript, RewrapKeys, SearchTranscripts } from '@vox/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { holding } from './folders.ts';
import { watchedStack } from './test-stack.ts';
import { type Answer, type Shop, shopOn } from './visitor.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-words-'));
const masterKeys = join(folder, 'master-keys');
const newKey = (): string => randomBytes(32).toString('base64');
writeFileSync(masterKeys, `${newKey()}\n`);
const { isOpen, stack, allFacts, factsOf } = await watchedStack({
  plain: true,
  folder,
  kept: true,
  copies: { compliance: 2 },
  env: {
    TRANSCRIPT_GRACE_SECONDS: '1',
    // The service reads a file again when it changes.
    VOX_MASTER_KEY_FILE: masterKeys,
  },
});

const actor = 'operator:test';
const soon = { timeout: 60_000, interval: 250 };
const canary = 'canary-aubergine';
const spoken = [
  ['a', `my name is ${canary}`],
  ['b', 'and my card is 4111 1111 1111 1111'],
  ['c', 'the other one: five five five five'],
  ['d', '5555 5555'],
  ['e', '5555 4444'],
] as const;
const digits = /4111[ -]?1111|5555[ -]?5555|5555[ -]?4444|five five five/;

const data = join(folder, 'data');

describe.skipIf(!isOpen)('a transcript on the stack', () => {
  let shop: Shop;
  let call: Answer;
  const read = async () => {
    const whose = { tenantId: shop.tenantId, sessionId: String(call.body.sm_session_id) };
    return stack.operator.ask(ReadTranscript, { ...whose, actor, reason: 'a test' });
  };
  const textOf = async () => (await read()).messages.map(({ text }) => text);
  beforeAll(async () => {
    shop = await shopOn(stack);
    call = await shop.start();
    const now = Date.now();
    for (const [n, [id, text]] of spoken.entries()) {
      const messages = [{ id, role: 'user', text, ts: now + n }];
      expect((await shop.say('/api/transcripts/append', call, { messages })).status).toBe(202);
    }
    expect((await shop.say('/api/transcripts/finalize', call)).status).toBe(200);
  });

  it('is encrypted: read for a reason, and in clear only in the one stream that carries it', async () => {
    await expect.poll(async () => (await read()).messages.length, soon).toBe(spoken.length);
    expect((await textOf())[0]).toBe(`my name is ${canary}`);
    expect((await textOf())[1]).toBe('and my card is [REDACTED:card]');
    const files = holding(folder, canary);
    expect(files.filter((file) => !file.includes('VOX_TRANSCRIPTS'))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    expect(holding(folder, digits)).toEqual([]);
    expect(allFacts().filter(({ type }) => type.startsWith('vox.transcript.'))).toEqual([]);
    expect(JSON.stringify(allFacts())).not.toContain(canary);
  }, 90_000);

  it('is found by an e-mail address after its person gave it', async () => {
    const whose = { tenantId: shop.tenantId, sessionId: String(call.body.sm_session_id) };
    const email = (value: string) => ({ kind: 'email' as const, value });
    await stack.operator.ask(LinkSubject, { ...whose, identifiers: [email('Ann@Example.com')], actor });
    const { tenantId } = shop;
    const found = await stack.operator.ask(SearchTranscripts, { tenantId, identifiers: [email('ann@example.com')] });
    expect(found.transcripts).toMatchObject([{ sessionId: whose.sessionId, messages: spoken.length, complete: true }]);
    expect(holding(data, /ann@example/i)).toEqual([]);
  });

  it('opens after the master key was rotated while all runs, and without the old key', async () => {
    const newest = newKey();
    const [old] = readFileSync(masterKeys, 'utf8').trim().split('\n');
    writeFileSync(masterKeys, `${newest}\n${old}\n`);
    const rewrapped = await stack.operator.ask(RewrapKeys, { actor }, { timeoutMs: 20_000 });
    expect(rewrapped).toMatchObject({ left: 0 });
    expect(rewrapped.rewrapped).toBeGreaterThan(0);
    writeFileSync(masterKeys, `${newest}\n`);
    for (const { name } of stack.services.filter((service) => service.name.startsWith('compliance')))
      await stack.restart(name);
    expect((await textOf())[0]).toBe(`my name is ${canary}`);
  }, 90_000);

  it('is final after the end of the call, once, and then no file of the bus holds its words', async () => {
    expect((await shop.say('/api/session/end', call)).status).toBe(200);
    const finals = () => factsOf('vox.privacy.transcript-finalised.v1', shop.tenantId);
    await expect.poll(() => finals().length, soon).toBe(1);
    expect(finals()).toMatchObject([{ messages: spoken.length, complete: true }]);
    await expect.poll(() => holding(folder, canary), soon).toEqual([]);
    expect(await textOf()).toHaveLength(spoken.length);
    const late = [{ id: 'late', role: 'user', text: 'too late', ts: Date.now() }];
    expect((await shop.say('/api/transcripts/append', call, { messages: late })).status).toBe(202);
    expect(factsOf('vox.privacy.source-slipped.v1', shop.tenantId)).toEqual([]);
    expect(await textOf()).toHaveLength(spoken.length);
  }, 120_000);

  it('is refused with 503 while NATS hangs, and kept once when NATS is back', async () => {
    const again = await shop.start();
    const messages = [{ id: 'x', role: 'user', text: 'hello', ts: Date.now() }];
    stack.servers.nats.kill('SIGSTOP');
    const refused = await shop.say('/api/transcripts/append', again, { messages });
    stack.servers.nats.kill('SIGCONT');
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await expect
      .poll(async () => (await shop.say('/api/transcripts/append', again, { messages })).status, soon)
      .toBe(202);
    const whose = { tenantId: shop.tenantId, sessionId: String(again.body.sm_session_id) };
    await expect
      .poll(async () => {
        const { transcripts } = await stack.operator.ask(SearchTranscripts, whose);
        return transcripts[0]?.messages;
      }, soon)
      .toBe(1);
  }, 90_000);

  it('is redacted while Redis hangs too, and then rather more than less', async () => {
    const blind = await shop.start();
    const say = (id: string, text: string) =>
      shop.say('/api/transcripts/append', blind, { messages: [{ id, role: 'user', text, ts: Date.now() }] });
    expect((await say('1', 'my card: 4111 1111')).status).toBe(202);
    stack.servers.redis.kill('SIGSTOP');
    const answers = [await say('2', '1111 1111')];
    stack.servers.redis.kill('SIGCONT');
    answers.push(await say('3', 'thank you'));
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const whose = { tenantId: shop.tenantId, sessionId: String(blind.body.sm_session_id) };
    const texts = async () => {
      const { messages } = await stack.operator.ask(ReadTranscript, { ...whose, actor, reason: 'a test' });
      return messages.map(({ text }) => text);
    };
    await expect.poll(async () => (await texts().catch(() => [])).length, soon).toBe(3);
    expect(JSON.stringify(await texts())).not.toMatch(/1111/);
    expect(holding(data, digits)).toEqual([]);
  }, 60_000);
});
