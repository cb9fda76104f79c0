import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'value.txt');
const host = ['--host', 'api.example'];
const by = { actor: 'operator:test', requestId: 'r1' };

/** The name and request of the question that a command asks. `typed` stands on standard input. */
async function asked(args: readonly string[], typed: string | Uint8Array = 'typed\n'): Promise<unknown> {
  const questions: unknown[] = [];
  const operator = {
    ask: async ({ name }: { name: string }, request: object) => {
      questions.push({ ...JSON.parse(JSON.stringify(request)), question: name });
      return { secrets: [] };
    },
    ...by,
    typedValue: async () => Buffer.from(typed),
    ...{ say: () => undefined, note: () => undefined, print: async () => undefined },
  };
  await voxCommand(operator as never).parseAsync(['secrets', ...args], { from: 'user' });
  return questions[0];
}

describe('vox secrets', () => {
  it.each([
    ['typed\n', 'typed'],
    ['typed\r\n', 'typed'],
    ['two\nlines\n', 'two\nlines'],
    ['  kept as it is ', '  kept as it is '],
  ])('reads a value from standard input, without the end of line behind it: %j', async (typed, value) => {
    expect(await asked(['create', 'acme', 'SHOP_KEY', ...host], typed)).toEqual({
      ...{ question: 'secret-create', tenantId: 'acme', name: 'SHOP_KEY', value, hosts: ['api.example'], ...by },
    });
  });
  it('reads a value from a file', async () => {
    writeFileSync(file, 'from a file\n');
    const rotate = ['rotate', 'acme', 'SHOP_KEY', '--from', file, '--in-force-from', '2027-01-01', '--if-version', '3'];
    expect(await asked(rotate)).toEqual({
      ...{ question: 'secret-rotate', tenantId: 'acme', name: 'SHOP_KEY', value: 'from a file' },
      ...{ inForceFrom: '2027-01-01T00:00:00.000Z', ifVersion: 3, ...by },
    });
  });
  it('takes no value from the command line, where others of the machine would see it', async () => {
    const create = ['create', 'acme', 'SHOP_KEY', ...host];
    for (const wrong of [
      ['--value', 'x'],
      ['--from', file, '--', 'x'],
    ])
      await expect(asked([...create, ...wrong])).rejects.toMatchObject({ code: expect.stringMatching(/^commander\./) });
  });
  it('refuses bytes that are no text, and repeats none of them', async () => {
    const refused = asked(['create', 'acme', 'SHOP_KEY', ...host], Uint8Array.from([0x61, 0xff]));
    await expect(refused).rejects.toMatchObject({
      answer: { issues: [{ path: 'value', message: 'must be text (UTF-8)' }] },
    });
  });
  it.each([
    [['list', 'acme'], 'secret-list'],
    [['hosts', 'acme', 'SHOP_KEY', ...host, '--if-version', '1'], 'secret-set-hosts'],
    [['remove', 'acme', 'SHOP_KEY'], 'secret-remove'],
    [['rewrap', '--new-data-keys'], 'secrets-rewrap'],
  ])('asks the question of %j', async (args, question) => expect(await asked(args)).toMatchObject({ question }));
});
