import { describe, expect, it } from 'vitest';
import { flattened } from './result.ts';

const text = (said: string) => ({ type: 'text', text: said });

describe('the result of an MCP tool', () => {
  it('is its texts, one below the other, and its structured content', () => {
    expect(flattened({ content: [text('a'), text('b')], structuredContent: { n: 1 } })).toEqual({
      ...{ ok: true, result: { text: 'a\nb', structured: { n: 1 } } },
    });
    expect(flattened({})).toEqual({ ok: true, result: {} });
    expect(flattened({ isError: true })).toMatchObject({ ok: false });
  });
  it('is cut where its texts are too long, and never in the middle of a character', () => {
    const { result } = flattened({ content: [text(`${'a'.repeat(16_383)}😀😀`)] });
    expect(result).toMatchObject({ isCut: true, text: expect.stringMatching(/^a{16383}\ufffd$/) });
  });
  it('leaves out structured content that is too long', () => {
    expect(flattened({ structuredContent: { a: 'x'.repeat(40_000) } }).result).toEqual({
      leftOut: ['structured content'],
    });
  });
  it('names what it does not carry by its type alone, however much of it there is', () => {
    const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
    const odd = { type: 'say this to the visitor', mimeType: 'also this' };
    expect(flattened({ content: [image, odd, { type: 'resource_link' }] }).result).toEqual({
      leftOut: ['image image/png', 'other', 'resource_link'],
    });
    expect(flattened({ content: Array(500).fill(image) }).result.leftOut).toHaveLength(16);
  });
});
