import { describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import type { Backups } from '../reach/backups.ts';
import { exitCodeOf } from '../text/exit-code.ts';
import { sentencesOf } from '../text/sentences.ts';

/** What was done by the command, and how it ended. */
async function vox(...args: string[]) {
  const done: string[] = [];
  const does = (what: string) => async () => {
    done.push(what);
    return {} as never;
  };
  const backups: Backups = {
    ...{ take: does('take'), noteTaken: does('note'), verify: does('verify') },
    ...{ drill: does('drill'), restore: does('restore'), last: does('last') },
  };
  const command = voxCommand(
    {
      ...{ ask: does('ask') as never, actor: 'operator:test', requestId: 'r1' },
      ...{ say: () => void done.push('say'), note: () => undefined, print: does('print') },
    },
    undefined,
    { signIn: does('sign in'), signOut: does('sign out'), whoAmI: does('whoami') },
    backups,
  );
  return command.parseAsync(args, { from: 'user' }).then(
    () => ({ done, sentences: [] as readonly string[], code: 0 }),
    (error: unknown) => ({ done, sentences: sentencesOf(error), code: exitCodeOf(error) }),
  );
}

describe('--context', () => {
  it.each([
    ['doctor'],
    ['scale-check', '--calls-per-second', '1', '--open-calls', '1'],
    ['support', 'bundle', '--out', '/nowhere/a.zip'],
    ['backup', '--out', '/nowhere/a'],
    ['backup', 'verify', 'a'],
    ['backup', 'drill', 'a'],
    ['backup', 'last'],
    ['restore', 'a', '--replace'],
    ['login', 'https://vox.example'],
    ['logout'],
    ['sign', 'GET', 'https://vox.example/api/v1/usage'],
  ])('is refused by vox %s, which would go by the environment, before anything is done', async (...args) => {
    const { done, sentences, code } = await vox(...args, '--context', 'prod');
    expect(done).toEqual([]);
    expect(sentences).toEqual([expect.stringMatching(/^--context is not for vox .*: it goes by its arguments and /)]);
    expect(code).toBe(2);
  });
  it('is taken by a command that asks VOX, and what takes none runs without it', async () => {
    expect(await vox('whoami', '--context', 'prod')).toMatchObject({ done: ['whoami', 'say'], code: 0 });
    expect(await vox('backup', 'last')).toMatchObject({ done: ['last', 'say'], code: 0 });
  });
});
