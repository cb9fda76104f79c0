import type { WebAnswer } from '@vox/testing/mcp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findOrder, reachable } from './mcp.fixture.ts';

type Asked = Readonly<{ id?: number | string; method: string }>;
type Answers = Readonly<Record<string, (asked: Asked, request: Request) => Response | Promise<Response>>>;

const canary = 'words-of-the-server';
const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } });
const result = ({ id }: Asked, value: object): object => ({ jsonrpc: '2.0', id, result: value });
const events = (...messages: object[]): Response =>
  new Response(messages.map((each) => `event: message\ndata: ${JSON.stringify(each)}\n\n`).join(''), {
    headers: { 'content-type': 'text/event-stream' },
  });
const said = { content: [{ type: 'text', text: 'on its way' }] };
const asking = (method: string): object => ({ jsonrpc: '2.0', id: 99, method, params: { message: canary } });
const serverInfo = { name: 'shop', version: '1' };

/** A server of the older protocol that keeps to it, but for what a test makes it do. */
const honest: Answers = {
  'server/discover': () => new Response('no such method', { status: 400 }),
  initialize: (asked) =>
    json(result(asked, { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo }), 200, {
      'mcp-session-id': 'session-1',
    }),
  'notifications/initialized': () => new Response(null, { status: 202 }),
  'tools/list': (asked) => json(result(asked, { tools: [findOrder] })),
  'tools/call': (asked) => json(result(asked, said)),
};

const elsewhere = vi.fn();
const open: (() => Promise<void>)[] = [];
beforeEach(() => {
  vi.stubGlobal('fetch', elsewhere);
});
afterEach(async () => {
  // Whatever a server does, nothing leaves but through the egress.
  expect(elsewhere).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
  for (const close of open.splice(0)) await close();
});

async function serving(over: Answers) {
  const answers = { ...honest, ...over };
  const answer: WebAnswer = async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const asked = (await request.json()) as Asked;
    return (await answers[asked.method]?.(asked, request)) ?? new Response(null, { status: 400 });
  };
  const reached = await reachable(answer);
  open.push(reached.server.close);
  return reached;
}
/** What becomes of a use when the server does one thing otherwise. It never holds words of the server. */
async function outcomeOf(over: Answers, timeoutMs = 2_000) {
  const { use, asked, heard } = await serving(over);
  const outcome = await use({ timeoutMs });
  expect(JSON.stringify(outcome)).not.toContain(canary);
  return { outcome, asked: asked(), heard };
}
const failed = (reason: string, more: object = {}) => ({ kind: 'failed', reason, ...more });
const noEnd = (): Response =>
  new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(': wait\n\n')) }), {
    headers: { 'content-type': 'text/event-stream' },
  });
/** Says messages, a few letters at a time, and does not end. */
const stays = (...messages: object[]): Response => {
  const text = messages.map((each) => `event: message\r\ndata: ${JSON.stringify(each)}\r\n\r\n`).join('');
  const pieces = text.match(/.{1,40}/gs) ?? [];
  return new Response(
    new ReadableStream({
      start(stream) {
        for (const piece of pieces) stream.enqueue(new TextEncoder().encode(piece));
      },
    }),
    { headers: { 'content-type': 'text/event-stream' } },
  );
};
const floods = (): Response =>
  new Response(
    new ReadableStream({ pull: (stream) => stream.enqueue(new TextEncoder().encode(': '.padEnd(65_536))) }),
    {
      headers: { 'content-type': 'text/event-stream' },
    },
  );
const called = (answer: (asked: Asked) => Response): Answers => ({ 'tools/call': answer });
const challenge = {
  'www-authenticate': 'Bearer resource_metadata="http://127.0.0.1:1/meta", error="insufficient_scope"',
};

describe('an MCP server that', () => {
  it.each<[string, Answers, object]>([
    [
      'answers with the id of another request',
      called(() => json(result({ id: 7_777, method: '' }, said))),
      failed('protocol'),
    ],
    [
      'answers one request twice',
      called((asked) => events(result(asked, said), result(asked, said))),
      failed('protocol'),
    ],
    [
      'answers in another language',
      called(() => new Response(`<p>${canary}</p>`, { headers: { 'content-type': 'text/html' } })),
      failed('protocol'),
    ],
    ['answers without a result', called((asked) => json(result(asked, { content: canary }))), failed('protocol')],
    [
      'answers with an error of its own',
      called(({ id }) => json({ jsonrpc: '2.0', id, error: { code: -32_000, message: canary } })),
      failed('rejected'),
    ],
    [
      'answers far too much',
      called((asked) => json(result(asked, { content: [{ type: 'text', text: canary.repeat(50_000) }] }))),
      failed('answer-too-large'),
    ],
    ['answers without end', called(floods), failed('answer-too-large')],
    [
      'nests what it answers without end',
      called(({ id }) => new Response(`{"jsonrpc":"2.0","id":${id},"result":{"content":${'['.repeat(100_000)}`)),
      failed('protocol'),
    ],
    [
      'redirects within its host',
      called(() => json({}, 307, { location: '/mcp2' })),
      failed('redirect', { status: 307 }),
    ],
    [
      'redirects to another host',
      { initialize: () => json({}, 302, { location: 'http://127.0.0.1:1/' }) },
      failed('redirect', { status: 302 }),
    ],
    [
      'wants a login',
      { 'server/discover': () => json({ error: canary }, 401, challenge) },
      failed('status', { status: 401 }),
    ],
    [
      'wants a login after all',
      called(() => json({ error: canary }, 401, challenge)),
      failed('status', { status: 401 }),
    ],
    ['wants more rights', called(() => json({ error: canary }, 403, challenge)), failed('status', { status: 403 })],
    ['is out of order', called(() => json({ error: canary }, 500)), failed('status', { status: 500 })],
    [
      'speaks another version',
      { initialize: (asked) => json(result(asked, { protocolVersion: '1999-01-01', capabilities: {}, serverInfo })) },
      failed('protocol'),
    ],
    ['asks a model', called(() => events(asking('sampling/createMessage'))), failed('asks')],
    ['asks the user', called(() => events(asking('elicitation/create'))), failed('asks')],
    [
      'names its session with a text that is none',
      { initialize: (asked) => json(result(asked, {}), 200, { 'mcp-session-id': 'x'.repeat(300) }) },
      failed('protocol'),
    ],
  ])('%s is not believed', async (_what, over, expected) => {
    const { outcome, asked } = await outcomeOf(over);
    expect(outcome).toEqual(expected);
    // Nothing is tried again, and nobody is asked to log in.
    expect(asked.filter((each) => each === 'tools/call').length).toBeLessThanOrEqual(1);
    expect(asked).not.toContain('GET');
  });
  it('keeps its stream open once it has answered is believed at once, and its line is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const { outcome } = await outcomeOf(
      {
        'tools/call': (asked, request) => {
          request.signal.addEventListener('abort', () => closed.resolve());
          return stays(asking('ping'), result(asked, said));
        },
        'tools/list': (asked) => stays(result(asked, { tools: [findOrder] })),
      },
      60_000,
    );
    expect(outcome).toMatchObject({ kind: 'answered', value: { text: 'on its way' } });
    await closed.promise;
  });
  it.each([
    ['answers another request', result({ id: 7_777, method: '' }, said)],
    ['asks a model', asking('sampling/createMessage')],
  ])('keeps its stream open and only %s is waited for up to the time of the descriptor', async (_what, message) => {
    const { outcome } = await outcomeOf(
      called(() => stays(message)),
      400,
    );
    expect(outcome).toEqual(failed('timeout'));
  });
  it('keeps its stream open and says nothing holds a call up to the time of the descriptor and no longer', async () => {
    const { outcome } = await outcomeOf(called(noEnd), 400);
    expect(outcome).toEqual(failed('timeout'));
  });
  it('lists tools without end is left after 16 pages', async () => {
    const { outcome, asked } = await outcomeOf({
      'tools/list': (asked) => json(result(asked, { tools: [findOrder], nextCursor: canary })),
    });
    expect(outcome).toEqual(failed('protocol'));
    expect(asked.filter((each) => each === 'tools/list')).toHaveLength(16);
  });
  it('asks for words of a model or of the user beside its answer gets no reply', async () => {
    const asks = ['sampling/createMessage', 'elicitation/create', 'roots/list', 'ping'].map(asking);
    const { outcome, asked } = await outcomeOf(called((call) => events(...asks, result(call, said))));
    expect(outcome).toMatchObject({ kind: 'answered', value: { text: 'on its way' } });
    const [first, ...rest] = Object.keys(honest);
    expect(asked.slice(0, 5)).toEqual([first, ...rest]);
    expect(asked.slice(5).every((each) => each === 'DELETE')).toBe(true);
  });
  it('asks the user as the newer protocol does is not answered either', async () => {
    const complete = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
    const { outcome } = await outcomeOf({
      'server/discover': (asked) =>
        json(result(asked, { ...complete, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } })),
      'tools/list': (asked) => json(result(asked, { ...complete, tools: [findOrder] })),
      'tools/call': (asked) =>
        json(
          result(asked, {
            resultType: 'input_required',
            inputRequests: { a: { method: 'elicitation/create', params: { message: canary } } },
            requestState: 'x',
          }),
        ),
    });
    expect(outcome).toEqual(failed('asks'));
  });
  it('says of results what takes a time without end to check has no such schema compiled', async () => {
    const outputSchema = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    const { outcome } = await outcomeOf({
      'tools/list': (asked) => json(result(asked, { tools: [{ ...findOrder, outputSchema }] })),
      'tools/call': (asked) => json(result(asked, { content: [], structuredContent: { a: `${'a'.repeat(40)}!` } })),
    });
    expect(outcome).toMatchObject({ kind: 'answered', isError: false });
  });
  it('names its session hears that name alone, and not that of another server', async () => {
    const { heard } = await outcomeOf({});
    const names = heard.map(({ headers }) => headers.get('mcp-session-id'));
    expect(names.slice(0, 5)).toEqual([null, null, 'session-1', 'session-1', 'session-1']);
    const { heard: other } = await outcomeOf({ initialize: (asked, request) => unnamed(asked, request) });
    expect(other.every(({ headers }) => headers.get('mcp-session-id') === null)).toBe(true);
  });
});

const unnamed = async (asked: Asked, request: Request): Promise<Response> => {
  const named = await honest.initialize?.(asked, request);
  return new Response(await named?.text(), { headers: { 'content-type': 'application/json' } });
};
