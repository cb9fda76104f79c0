import { type Question, RollBackPolicy, SetTenantStatus } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import { sentencesOf } from '../text/sentences.ts';

/** Runs the command over services that answer so, and tells what was asked and said. */
async function run(args: readonly string[], answer: (question: Question, request: object) => unknown) {
  const [asked, said, noted]: [object[], unknown[], string[]] = [[], [], []];
  const operator = {
    ask: async (question: Question, request: object) => {
      asked.push(request);
      return answer(question, request);
    },
    ...{ actor: 'operator:test', requestId: 'r1' },
    say: (value: unknown) => void said.push(value),
    note: (text: string) => void noted.push(text),
    print: async () => undefined,
  };
  await voxCommand(operator as never).parseAsync(args as string[], { from: 'user' });
  return { asked, said, noted };
}

/** Answers a list of so many rows, two on a page, whatever it calls them. */
const paged = (name: string, count: number, cursor: 'after' | 'before') => (_question: Question, request: object) => {
  const from = Number((request as Record<string, unknown>)[cursor] ?? 0);
  const rows = Array.from({ length: count }, (_, n) => n).slice(from, from + 2);
  return { [name]: rows, unreadable: [], next: from + 2 < count ? from + 2 : null };
};

describe('the vox command', () => {
  it.each([
    [['tenant', 'list'], 'tenants', 'after'],
    [['tenant', 'versions', 'acme'], 'versions', 'before'],
    [['session', 'list', 'acme'], 'sessions', 'after'],
    [['hold', 'list', 'acme'], 'holds', 'after'],
  ] as const)('lists every page of %s', async (args, name, cursor) => {
    const { asked, said } = await run(args, paged(name, 5, cursor));
    expect(said).toEqual([[0, 1, 2, 3, 4]]);
    expect(asked).toHaveLength(3);
  });
  it('names a tenant that cannot be read beside the list', async () => {
    const { said, noted } = await run(['tenant', 'list'], () => ({ tenants: [], unreadable: ['acme'], next: null }));
    expect([said, noted]).toEqual([[[]], [expect.stringContaining('acme')]]);
  });
  it('binds a roll-back and a suspension to the version that was read, and says so when somebody was faster', async () => {
    const by = { actor: 'operator:test', requestId: 'r1' };
    const rollBack = ['tenant', 'roll-back', 'acme', '3', '--if-version', '7', '--reason', 'a mistake'];
    const answer = (question: Question) => {
      if (question === RollBackPolicy) return { tenantId: 'acme', version: 8 };
      expect(question).toBe(SetTenantStatus);
      throw new Fault('VERSION_MISMATCH', {
        issues: [{ path: 'ifVersion', message: 'is not the version of the tenant any more' }],
      });
    };
    const { asked, said } = await run(rollBack, answer);
    expect(asked).toEqual([{ tenantId: 'acme', version: 3, ifVersion: 7, reason: 'a mistake', ...by }]);
    expect(said).toEqual([{ tenantId: 'acme', version: 8 }]);
    const suspend = run(['tenant', 'suspend', 'acme', '--if-version', '7'], answer).catch(sentencesOf);
    expect(await suspend).toEqual(['--if-version is not the version of the tenant any more.']);
  });
  it('lists consents by what was answered and of whom, and says where to go on', async () => {
    const args = ['consent', 'list', 'acme', '--answer', 'refused', '--email', 'ann@example.com', '--limit', '1'];
    const { asked, noted } = await run(args, () => ({
      ...{ consents: [], next: '5_x', matches: [{ kind: 'email', subjects: 1 }] },
    }));
    expect(asked).toMatchObject([
      { tenantId: 'acme', given: false, limit: 1, identifiers: [{ kind: 'email', value: 'ann@example.com' }] },
    ]);
    expect(noted).toEqual(['--email: matched, 1 on record', 'there are more: --after 5_x']);
  });
});
