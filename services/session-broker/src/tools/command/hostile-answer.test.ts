import { afterEach, describe, expect, it } from 'vitest';
import { answerOf, findOrder, openTools } from '../tools.fixture.ts';

let open: Awaited<ReturnType<typeof openTools>>;
afterEach(() => open.close());
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('a tool whose host is hostile', () => {
  it.each([
    ['deeper than anybody reads', nested(30_000)],
    ['one deeper than is read', `{"a":${nested(64)}}`],
  ])('has failed when it answers %s, and is not run again under the same id', async (_what, body) => {
    open = await openTools({ host: () => answerOf(body) });
    const failed = { kind: 'refused', code: 'TOOL_FAILED', reason: 'answer-too-large' };
    expect(await open.use()).toEqual(failed);
    expect(await open.use()).toEqual(failed);
    expect(open.asked.length).toBe(1);
    expect(open.facts()).toMatchObject([{ outcome: 'failed', reason: 'answer-too-large', ok: false, status: 200 }]);
  });
  it('is heard when it nests its answer as deep as is read', async () => {
    open = await openTools({ host: () => answerOf(`{"a":${nested(63)}}`) });
    expect(await open.use()).toMatchObject({ kind: 'done', ok: true });
  });
  it('has failed when sending it breaks: it may have been sent, and is not sent again', async () => {
    open = await openTools({
      tools: [findOrder()],
      host: () => {
        throw new Error('broken');
      },
    });
    const failed = { kind: 'refused', code: 'TOOL_FAILED', reason: 'other' };
    expect(await open.use()).toEqual(failed);
    expect(await open.use()).toEqual(failed);
    expect(open.asked.length).toBe(1);
    expect(open.facts()).toMatchObject([{ outcome: 'failed', reason: 'other', ok: false }]);
  });
});
