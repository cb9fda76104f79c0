import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateApiKey, CreateWebhook, PlaceHold } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { eventually } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voxOn } from './operator.ts';
import { alertNames } from './prometheus.ts';
import { commandsOf } from './runbook.ts';
import { testStack } from './test-stack.ts';
import { sayUnreadable } from './unreadable.ts';
import { shopOn } from './visitor.ts';

const { isOpen, stack } = await testStack();
const alerts = alertNames();
const hour = 3_600_000;
/** Asks for a code of a mail and waits for it: `vox login` has tests of its own. */
const isDialogue = (command: string): boolean => command.startsWith('login ');
/** They exit with 1 where they find something, and so does a letter that its consumer refuses again. */
const mayFind = /^(?:doctor|bus diff|dead replay)\b/;

describe.skipIf(!isOpen)('on a running stack', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vox-runbooks-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const values: Record<string, string> = {};

  /** Gives up a message that no consumer can read. Answers the number of its letter. */
  async function deadLetter(): Promise<string> {
    await sayUnreadable(stack);
    return eventually(async () => {
      const [letter] = JSON.parse((await voxOn(stack)('dead', 'list', '--json')).out);
      return String(letter.letter);
    });
  }

  beforeAll(async () => {
    const shop = await shopOn(stack, { openSessions: 1_000, sessionStartsPerMinute: 1_000 });
    const { tenantId, widgetKey } = shop;
    const by = { tenantId, actor: 'operator:test' };
    const file = join(folder, 'tenant.json');
    writeFileSync(file, JSON.stringify({ ...demoDraft, tenantId: `${tenantId}-b` }));
    const hook = { ...by, url: 'https://hook.example/', types: ['key.aging' as const] };
    const { endpoint } = await stack.operator.ask(CreateWebhook, hook);
    const { key } = await stack.operator.ask(CreateApiKey, {
      ...{ ...by, label: 'more', env: 'dev', scopes: ['usage:read'] },
    });
    const { holdId } = await stack.operator.ask(PlaceHold, { ...by, scope: { kind: 'tenant' }, reason: 'a case' });
    Object.assign(values, {
      ...{ '<tenant>': tenantId, '<key>': widgetKey, '<widget key>': widgetKey, '<page>': 'https://shop.example' },
      ...{ '<file>': file, '<endpoint>': endpoint.endpointId, '<key-id>': key.keyId, '<hold>': holdId },
      ...{ '<session>': String((await shop.start()).body.id), '<letter>': await deadLetter() },
      ...{ '<limit>': 'tokensPerDay', '<value>': '1000000', '<kind>': 'widget', '<class>': 'transcripts' },
      ...{ '<why>': 'a runbook is followed', '<door>': stack.url, '<day>': new Date().toISOString().slice(0, 10) },
      '<address>': stack.services.find(({ name }) => name === 'quota-1')?.privateUrl,
    });
  }, 60_000);

  /** A command as somebody types it who puts their own names in place of those in angle brackets. */
  const typed = (command: string): string[] =>
    [...command.matchAll(/<[^>]+>|\S+/g)].map(([word], n, words) => {
      if (word === '<time>')
        return new Date(Date.now() + (words[n - 1]?.[0] === '--until' ? hour : -hour)).toISOString();
      return word.startsWith('<') ? (values[word] ?? word) : word;
    });

  it.each(alerts)('each command of vox on the page of %s does what it says', async (alert) => {
    for (const command of commandsOf(alert).filter((each) => !isDialogue(each))) {
      const vox = command.startsWith('bus ') ? voxOn(stack, stack.bootstrapEnv) : voxOn(stack);
      const { code, out, notes } = await vox(...typed(command));
      const isWell = code === 0 || (code === 1 && mayFind.test(command));
      expect([command, isWell, isWell ? '' : out + notes]).toEqual([command, true, '']);
      expect(out, command).not.toBe('');
    }
  });
  it('the runbooks have more than thirty commands of vox between them', () => {
    expect(new Set(alerts.flatMap(commandsOf)).size).toBeGreaterThan(30);
  });
});
