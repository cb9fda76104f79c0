import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withWords } from './answers/with-words.js';
import { operations } from './operations.js';
import { ask, byItself, underOneKey } from './request.js';
import { confirming, me } from './state.js';
import { learn } from './words.js';

vi.mock('./words.js', () => ({
  learn: vi.fn(async () => undefined),
  named: (/** @type {string} */ _list, /** @type {string} */ code) => code,
}));

const member = { tenantId: 'acme', memberId: `m_${'a'.repeat(22)}`, role: 'owner', freshUntil: null };

/** What the server was asked. @type {{url: string, headers: Record<string, string>}[]} */
let asked = [];

/**
 * A server that answers these, one after the other, and the last one for ever.
 * @param {(readonly [number, unknown] | Error)[]} answers
 */
function serve(...answers) {
  vi.stubGlobal(
    'fetch',
    async (/** @type {string} */ url, /** @type {{headers: Record<string, string>}} */ { headers }) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push({ url, headers });
      if (answer instanceof Error || answer === undefined) throw answer;
      const [status, body] = answer;
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
    },
  );
}

/** @param {string} code */
const refused = (code, status = 403) => /** @type {const} */ ([status, { code, status, userMessage: 'No.' }]);

beforeEach(() => {
  asked = [];
  me.value = member;
});
afterEach(() => {
  vi.unstubAllGlobals();
  confirming.value = undefined;
  me.value = undefined;
});

describe('a request that needs to know anew who asks', () => {
  it('waits for that, and then goes again as the same request', async () => {
    serve(refused('STEP_UP_REQUIRED'), [200, { revokedAt: 'now' }]);
    const answer = ask(operations.revokeKey, { widgetKey: 'w' });
    await vi.waitFor(() => expect(confirming.value).toBeDefined());
    expect(asked.length).toBe(1);
    confirming.value?.(true);
    expect(await answer).toEqual({ kind: 'answered', body: { revokedAt: 'now' } });
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(confirming.value).toBeUndefined();
  });
  it('is refused, and goes no second time, when somebody gives that up', async () => {
    serve(refused('STEP_UP_REQUIRED'));
    const answer = ask(operations.revokeKey, { widgetKey: 'w' });
    await vi.waitFor(() => expect(confirming.value).toBeDefined());
    confirming.value?.(false);
    expect(await answer).toMatchObject({ kind: 'refused', problem: { code: 'STEP_UP_REQUIRED' } });
    expect(asked.length).toBe(1);
  });
  it('shares one dialog with others that wait', async () => {
    serve(refused('STEP_UP_REQUIRED'), refused('STEP_UP_REQUIRED'), [200, { ok: true }]);
    const answers = [ask(operations.revokeKey, { widgetKey: 'a' }), ask(operations.revokeKey, { widgetKey: 'b' })];
    await vi.waitFor(() => expect(asked.length).toBe(2));
    await vi.waitFor(() => expect(confirming.value).toBeDefined());
    confirming.value?.(true);
    expect(await Promise.all(answers)).toMatchObject([{ kind: 'answered' }, { kind: 'answered' }]);
  });
  it('is not one of confirming itself', async () => {
    serve(refused('STEP_UP_REQUIRED'));
    expect(await ask(operations.verifyStepUpCode, { code: '1' })).toMatchObject({ kind: 'refused' });
    expect(confirming.value).toBeUndefined();
  });
});

describe('a request', () => {
  it('names the member whom the page shows, but where it asks who that is', async () => {
    serve([200, {}]);
    await ask(operations.endCalls, { reason: 'r' });
    await ask(operations.showMe, {}, { asAnybody: true });
    me.value = null;
    await ask(operations.sendCode, { email: 'ann@example.com' });
    expect(asked.map(({ headers }) => headers['x-vox-member'])).toEqual([member.memberId, undefined, undefined]);
  });
  it('to manage something is not sent as whoever is signed in once the page shows nobody', async () => {
    serve([200, {}]);
    me.value = null;
    expect(await ask(operations.exportAudit, {})).toMatchObject({
      kind: 'refused',
      problem: { code: 'AUTH_REQUIRED' },
    });
    expect(asked).toEqual([]);
  });
  it('of whoever was shown before signs nobody out who is shown now', async () => {
    serve(refused('AUTH_REQUIRED', 401));
    const late = ask(operations.listKeys);
    me.value = { ...member, memberId: `m_${'b'.repeat(22)}` };
    expect(await late).toMatchObject({ kind: 'refused' });
    expect(me.value).toMatchObject({ memberId: `m_${'b'.repeat(22)}` });
  });
});

describe('a form that is sent again', () => {
  const lost = new TypeError('no line');
  const keys = () => asked.map(({ headers }) => headers['idempotency-key']);
  /** @param {{}} once @param {string} label */
  const send = (once, label) => underOneKey(once, () => ask(operations.createKey, { label }));

  it('asks under one key until the server has done it, whatever it refuses in between', async () => {
    serve(lost, refused('RATE_LIMIT_EXCEEDED', 429), refused('IDEMPOTENCY_CONFLICT', 409), [201, {}]);
    const form = {};
    for (let sent = 0; sent < 5; sent += 1) await send(form, 'shop');
    const [first, ...others] = keys();
    expect(others.slice(0, 3)).toEqual([first, first, first]);
    expect(others[3]).not.toBe(first);
  });
  it('asks under a new key as soon as its content is another, also when it is as before again', async () => {
    serve(lost);
    const form = {};
    for (const label of ['shop', 'page', 'shop']) await send(form, label);
    expect(new Set(keys()).size).toBe(3);
  });
  it('shares no key with another form, nor with what no form asks for', async () => {
    serve(lost);
    await send({}, 'shop');
    await send({}, 'shop');
    await ask(operations.createKey, { label: 'shop' });
    expect(new Set(keys()).size).toBe(3);
  });
});

describe('an answer of the server', () => {
  it('that the login is over signs the page out, and closes what only a member can confirm', async () => {
    serve(refused('AUTH_REQUIRED', 401));
    const closed = vi.fn();
    confirming.value = closed;
    expect(await ask(operations.listKeys)).toMatchObject({ kind: 'refused', problem: { code: 'AUTH_REQUIRED' } });
    expect(me.value).toBeNull();
    expect(closed).toHaveBeenCalledWith(false);
  });
  it('that nobody was signed in leaves a page that does not know yet as it is', async () => {
    me.value = undefined;
    serve(refused('AUTH_REQUIRED', 401));
    await ask(operations.showMe, {}, { asAnybody: true });
    expect(me.value).toBeUndefined();
  });
  it('that never came, or came from a proxy, is no word of the server', async () => {
    serve(new TypeError('no line'));
    expect(await ask(operations.listKeys)).toEqual({ kind: 'offline' });
    asked = [];
    serve([502, '<h1>Bad gateway</h1>']);
    expect(await ask(operations.listKeys)).toEqual({ kind: 'offline' });
    asked = [];
    serve([404, 'nothing here']);
    expect(await ask(operations.listKeys)).toMatchObject({
      kind: 'refused',
      problem: { code: 'UNKNOWN', status: 404 },
    });
  });
  it('is bound to the version that was read, where a change is', async () => {
    serve([200, {}]);
    await ask(operations.rollBack, { version: 3 }, { ifMatch: 7 });
    expect(asked[0]?.headers['if-match']).toBe('"7"');
  });
});

describe('a refusal that names what is wrong with fields', () => {
  const issues = [{ path: 'label', message: 'is required', mistake: 'required' }];
  const invalid = /** @type {const} */ ([400, { code: 'INVALID_REQUEST', status: 400, userMessage: 'No.', issues }]);
  afterEach(() => vi.mocked(learn).mockReset());

  it('comes with the words for that', async () => {
    vi.mocked(learn).mockResolvedValue(undefined);
    serve(invalid);
    expect(await ask(operations.createKey)).toMatchObject({ kind: 'refused', problem: { issues } });
    expect(vi.mocked(learn).mock.calls).toEqual([['mistakes']]);
  });
  it('comes all the same where the words do not arrive', async () => {
    vi.mocked(learn).mockRejectedValue(new TypeError('no line'));
    serve(invalid);
    expect(await ask(operations.createKey)).toMatchObject({ kind: 'refused', problem: { issues } });
  });
});

describe('what the page asks by itself', () => {
  const refreshes = () => asked.map(({ headers }) => headers['x-vox-refresh']);
  afterEach(() => vi.mocked(learn).mockReset());

  it('tells the server so, and what somebody asks does not', async () => {
    serve([200, {}]);
    await byItself(() => ask(operations.readDecisions));
    await ask(operations.readDecisions);
    expect(refreshes()).toEqual(['1', undefined]);
  });
  it.each(['arrive', 'do not arrive'])('tells it also where words come with the answer, which %s', async (how) => {
    vi.mocked(learn).mockImplementation(how === 'arrive' ? async () => undefined : async () => Promise.reject(how));
    serve([200, { days: [] }]);
    const given = await byItself(() => withWords('refusals', () => ask(operations.readDecisions)));
    expect(given).toEqual({ kind: 'answered', body: { days: [] } });
    expect(refreshes()).toEqual(['1']);
    expect(vi.mocked(learn).mock.calls).toEqual([['refusals']]);
  });
});
