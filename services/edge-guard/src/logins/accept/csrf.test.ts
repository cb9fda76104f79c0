import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { csrf, ownPage } from './csrf.ts';

const ours = 'https://vox.example';
const dependencies = { publicOrigins: new Set([ours]) };
const marked = { 'x-vox-request': '1' };
const json = { 'content-type': 'application/json' };
const codeOf = (run: typeof csrf.run, headers: Record<string, string>): string => {
  try {
    run(dependencies)(asked({ headers }));
    return 'passes';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the CSRF check', () => {
  it.each([
    ['a page of our own', { origin: ours, ...marked, ...json }],
    ['a page of our own that sends no Origin', { 'sec-fetch-site': 'same-origin', ...marked, ...json }],
    ['a request without a body', { origin: ours, ...marked }],
  ])('lets pass %s', (_who, headers) => {
    expect(codeOf(csrf.run, headers)).toBe('passes');
  });
  it.each([
    ['a page of another site', { origin: 'https://evil.example', ...marked, ...json }, 'ORIGIN_MISMATCH'],
    ['a neighbouring host', { origin: 'https://vox.example.evil', ...marked, ...json }, 'ORIGIN_MISMATCH'],
    ['an origin that hides itself', { origin: 'null', ...marked, ...json }, 'ORIGIN_MISMATCH'],
    [
      'a foreign Origin, whatever the browser’s word',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin', ...marked },
      'ORIGIN_MISMATCH',
    ],
    ['another site that sends no Origin', { 'sec-fetch-site': 'cross-site', ...marked }, 'ORIGIN_MISMATCH'],
    ['a neighbour that sends no Origin', { 'sec-fetch-site': 'same-site', ...marked }, 'ORIGIN_MISMATCH'],
    ['a program that has the cookie', marked, 'ORIGIN_MISMATCH'],
    ['a page that lacks the header', { origin: ours, ...json }, 'FORBIDDEN'],
    ['a page with another value of the header', { origin: ours, 'x-vox-request': 'true', ...json }, 'FORBIDDEN'],
    ['plain text', { origin: ours, ...marked, 'content-type': 'text/plain' }, 'INVALID_REQUEST'],
    ['a form', { origin: ours, ...marked, 'content-type': 'application/x-www-form-urlencoded' }, 'INVALID_REQUEST'],
    ['a form with files', { origin: ours, ...marked, 'content-type': 'multipart/form-data' }, 'INVALID_REQUEST'],
  ])('refuses %s', (_who, headers, code) => {
    expect(codeOf(csrf.run, headers)).toBe(code);
  });
});

describe('the check of whoever signs in', () => {
  it('lets pass programs and our own pages', () => {
    for (const headers of [json, { origin: ours, ...json }, { 'sec-fetch-site': 'same-origin', ...json }])
      expect(codeOf(ownPage.run, headers)).toBe('passes');
  });
  it('refuses pages of other sites, and whatever a form can send', () => {
    for (const headers of [{ origin: 'https://evil.example', ...json }, { 'sec-fetch-site': 'cross-site' }])
      expect(codeOf(ownPage.run, headers)).toBe('ORIGIN_MISMATCH');
    expect(codeOf(ownPage.run, { 'content-type': 'text/plain' })).toBe('INVALID_REQUEST');
  });
});
