import { describe, expect, it } from 'vitest';
import { voxCommand } from '../../commands.ts';

describe('vox hold place', () => {
  const place = async (...options: string[]): Promise<unknown> => {
    const scopes: unknown[] = [];
    const operator = {
      ask: async (_question: unknown, { scope }: { scope: unknown }) => void scopes.push(scope),
      ...{ actor: 'operator:test', requestId: 'r1' },
      ...{ say: () => undefined, note: () => undefined, print: async () => undefined },
    };
    const args = ['hold', 'place', 'acme', '--reason', 'case 12', ...options];
    await voxCommand(operator as never).parseAsync(args, { from: 'user' });
    return scopes;
  };
  const ann = ['--email', 'ann@example.com'];
  const id = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';

  it('holds the call, the person or the whole tenant that its options name', async () => {
    expect(await place('--session', id)).toEqual([{ kind: 'session', sessionId: id }]);
    const identifiers = [{ kind: 'email', value: 'ann@example.com' }];
    expect(await place(...ann)).toEqual([{ kind: 'person', identifiers }]);
    expect(await place('--whole-tenant')).toEqual([{ kind: 'tenant' }]);
  });
  it('holds nothing without an option that says what, and names the option for a whole tenant', async () => {
    const issues = [{ path: 'hold place', message: expect.stringContaining('--whole-tenant') }];
    await expect(place()).rejects.toMatchObject({ code: 'INVALID_REQUEST', answer: { issues } });
  });
  it.each([
    [...ann, '--session', id],
    [...ann, '--whole-tenant'],
    ['--session', id, '--whole-tenant'],
  ])('holds nothing when its options name two things (%s, …)', async (...options) => {
    await expect(place(...options)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
