import { ListMembers } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import { tableOf } from './table.ts';

const member = (over: object) => ({
  ...{ memberId: `m_${'x'.repeat(22)}`, email: 'ann@example.com', role: 'owner', state: 'active' },
  ...{ createdAt: '2026-05-05T12:00:00.000Z', lastSeenAt: null, ...over },
});

describe('a list', () => {
  it('is a table with a column for each field and a line for each row, and tells where it goes on', () => {
    const rows = [
      { keyId: 'a', scopes: ['x', 'y'], expiresAt: null, of: { kind: 'z' } },
      { keyId: 'bcd', scopes: [], expiresAt: 'soon', more: true },
    ];
    expect(tableOf({ keys: rows, next: 'k2' })).toBe(
      [
        'KEY ID  SCOPES  EXPIRES AT  OF            MORE',
        'a       x, y    -           {"kind":"z"}  -',
        'bcd     -       soon        -             true',
        'NEXT: "k2"\n',
      ].join('\n'),
    );
    expect(tableOf([])).toBe('(none)\n');
    expect(tableOf({ revokedAt: 'now' })).toBeUndefined();
    expect(tableOf({ a: [], b: [] })).toBeUndefined();
  });
  it('moves no cursor and turns no text around, whatever somebody was called', () => {
    const table = tableOf([{ label: 'a\u001b[2J\nb\u202ec', more: 'y'.repeat(500) }]) ?? '';
    expect(table.split('\n')).toHaveLength(3);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be there
    expect(table).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(table.length).toBeLessThan(400);
  });
  it('is JSON for another program and with --json, and a table in a terminal alone', async () => {
    const shown = async (isTerminal: boolean, ...args: string[]) => {
      const out: unknown[] = [];
      const ask = async (question: unknown) => (question === ListMembers ? { members: [member({})] } : undefined);
      await voxCommand({
        ...{ ask: ask as never, actor: 'operator:test', requestId: 'r1', note: () => undefined, isTerminal },
        ...{ say: (answer) => void out.push(answer), print: async (text) => void out.push(text) },
      }).parseAsync(['member', 'list', 'acme', ...args], { from: 'user' });
      return out;
    };
    expect(await shown(false)).toEqual([[member({})]]);
    expect(await shown(true, '--json')).toEqual([[member({})]]);
    expect(await shown(true)).toEqual([expect.stringMatching(/^MEMBER ID +EMAIL +ROLE/)]);
  });
});
