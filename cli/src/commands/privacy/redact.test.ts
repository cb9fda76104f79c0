import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../../commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-redact-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('vox redact', () => {
  const [said, printed]: [unknown[], string[]] = [[], []];
  const run = (...args: string[]) =>
    voxCommand({
      ask: () => Promise.reject(new Error('nobody is to be asked')),
      actor: 'operator:test',
      requestId: 'r1',
      say: (answer) => void said.push(answer),
      note: () => undefined,
      print: async (text) => void printed.push(text),
    })
      .exitOverride()
      .parseAsync(['redact', ...args], { from: 'user' });
  beforeEach(() => {
    said.length = 0;
    printed.length = 0;
  });

  it('shows each cut in JSON turns by place, kind, rule and language, and never a digit', async () => {
    const turns = [
      { role: 'assistant', text: 'La sua carta?' },
      {
        role: 'user',
        text: 'quattro due quattro due quattro due quattro due quattro due quattro due quattro due quattro due',
      },
    ];
    await run(file('turns.json', JSON.stringify(turns)), '--json');
    expect(said).toEqual([
      {
        turns: [
          { role: 'assistant', text: 'La sua carta?', cuts: [] },
          {
            role: 'user',
            text: '[REDACTED:card]',
            cuts: [
              {
                start: 0,
                end: 95,
                kind: 'card',
                rule: 'whole',
                language: 'it',
                why: expect.stringContaining('whole card'),
              },
            ],
          },
        ],
      },
    ]);
  });
  it('reads plain text with a turn on each line, and keeps what the policy of a tenant’s file keeps', async () => {
    const text = file(
      'talk.txt',
      'assistant: Your card?\n4242 4242 4242 4242\nand my IBAN is DE89 3704 0044 0532 0130 00\n',
    );
    const policy = file('tenant.json', JSON.stringify({ redaction: { keepLastFour: true } }));
    await run(text, '--policy', policy);
    expect(printed.join('')).toBe(
      'assistant: Your card?\nuser: [REDACTED:card …4242]\n' +
        '    card at 0–19: a whole card: an issuer’s beginning and length, and Luhn’s digit\n' +
        'user: and my IBAN is DE89 3704 0044 0532 0130 00\n',
    );
  });
  it('with --lost cuts digits that may end a card whose beginning is unknown', async () => {
    const text = file('tail.txt', '1111 1111 1111');
    await run(text, '--lost', '--json');
    expect(said).toMatchObject([{ turns: [{ text: '[REDACTED:card]', cuts: [{ rule: 'answer' }] }] }]);
  });
  it.each([
    ['no file', ['/nowhere.txt'], '/nowhere.txt'],
    ['JSON of another form', [file('other.json', '{"a":1}')], join(folder, 'other.json')],
    [
      'a policy with an unknown field',
      [file('a.txt', 'a'), '--policy', file('p.json', '{"cards":false}')],
      join(folder, 'p.json'),
    ],
  ])('refuses %s by the name of the file', async (_what, args, path) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 'INVALID_REQUEST', answer: { issues: [{ path }] } });
  });
});
