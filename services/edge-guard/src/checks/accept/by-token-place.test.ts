import { describe, expect, it } from 'vitest';
import { byTokenPlace } from './by-token-place.ts';
import { check } from './check.ts';
import { route } from './route.ts';

const seen: string[] = [];
const ofBody = check({
  name: 'of body',
  whenDown: 'no store',
  run: () => () => {
    seen.push('body');
    return { token: 'b' };
  },
});
const verified = check({
  name: 'verified',
  whenDown: 'no store',
  run:
    () =>
    ({ token }: { token: string }) => {
      seen.push(token);
      return { subject: token };
    },
});
const bearer = check({
  name: 'bearer',
  whenDown: 'no store',
  run: () => (): { token: string | undefined } => ({ token: undefined }),
});
const said = { method: 'post', paths: ['/x'], summary: '', credential: 'none' } as const;
const undoes = check({ ...verified, name: 'undoes', afterRefusal: () => async () => undefined });

describe('checks by the place of the token', () => {
  it.each([
    ['h', ['h', 'body']],
    [undefined, ['body', 'b']],
  ])('run in the order of that place: %s in the header', async (token, wanted) => {
    seen.length = 0;
    const branches = byTokenPlace({ inHeader: [verified, ofBody], inBody: [ofBody, verified] });
    const context = { token };
    await branches.run({})(context);
    expect(seen).toEqual(wanted);
    expect(context).toMatchObject({ subject: token ?? 'b' });
  });
  it('are refused by the compiler, in their row, where a branch has them in a wrong order', () => {
    const right = byTokenPlace({ inHeader: [verified, ofBody], inBody: [ofBody, verified] });
    const wrong = byTokenPlace({ inHeader: [verified, ofBody], inBody: [verified, ofBody] });
    const command =
      () =>
      ({ subject }: { subject: string }) =>
        subject;
    route({ ...said, checks: [bearer, right], command });
    // @ts-expect-error in the body nothing has found a token yet.
    route({ ...said, checks: [bearer, wrong], command });
  });
  it('are none that undo something: such a check stands in the row itself', () => {
    expect(() => byTokenPlace({ inHeader: [undoes], inBody: [ofBody, verified] })).toThrow(TypeError);
  });
});
