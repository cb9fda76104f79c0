import { describe, expect, it } from 'vitest';
import { type Operation, operations } from './document.ts';
import { wrongWith } from './judge.ts';

const end = operations.find(({ path }) => path === '/api/session/end') as Operation;
const problem = (over: object = {}) => ({
  ok: false,
  type: 'urn:vox:error:NOT_FOUND',
  title: 'Not found',
  status: 404,
  error: 'Not found',
  code: 'NOT_FOUND',
  userMessage: 'There is nothing here.',
  requestId: 'r',
  ...over,
});
const answerWith = (status: number, body: unknown, contentType = 'application/problem+json; charset=utf-8') => ({
  status,
  contentType,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const wrong = (...of: Parameters<typeof answerWith>) => wrongWith(end, answerWith(...of), ['Rival Ltd']);

describe('the judge of answers', () => {
  it('accepts an answer that the document describes', () => {
    expect(wrong(200, { ok: true }, 'application/json; charset=utf-8')).toBeUndefined();
    expect(wrong(404, problem())).toBeUndefined();
    expect(wrong(503, problem({ status: 503, code: 'UNAVAILABLE', retryAfter: 1 }))).toBeUndefined();
  });
  it.each<readonly [string, Parameters<typeof answerWith>]>([
    ['an error of ours', [500, problem({ status: 500, code: 'INTERNAL' })]],
    ['a 503 of somebody else', [503, problem({ status: 503, code: 'OTHER' })]],
    ['a field that is not documented', [200, { ok: true, debug: 1 }, 'application/json']],
    ['a field that is missing', [404, problem({ userMessage: undefined })]],
    ['another type', [404, '<h1>Not found</h1>', 'text/html']],
    ['a stack', [404, problem({ detail: 'Error at handle (/srv/x.js:1:2)' })]],
    ['a file', [404, problem({ detail: '/vox/services/x' })]],
    ['a driver’s words', [404, problem({ detail: 'connect ECONNREFUSED 127.0.0.1:27017' })]],
    ['another tenant’s name', [404, problem({ detail: 'this is of Rival Ltd' })]],
  ])('rejects an answer with %s', (_what, of) => {
    expect(wrong(...of)).toBeDefined();
  });
});
