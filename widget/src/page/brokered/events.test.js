import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventParser } from './events.js';

/** What is read out of pieces of text. @param {readonly string[]} pieces @param {number} [longest] */
function read(pieces, longest) {
  /** @type {import('./events.js').ServerEvent[]} */
  const events = [];
  /** @type {number[]} */
  const retries = [];
  const options = { ...(longest && { longest }), onRetry: (/** @type {number} */ ms) => void retries.push(ms) };
  const parse = eventParser({ ...options, onEvent: (event) => events.push(event) });
  for (const piece of pieces) parse(piece);
  return { events, retries };
}
/** @param {string} text @param {number} [longest] */
const dataOf = (text, longest) => read([text], longest).events.map(({ data }) => data);

const whole =
  ': hello\r\n\r\nid: 7\nevent: caption\ndata: {"text":\rdata: "a: b"}\n\nretry: 900\r\ndata\r\n\r\ndata:x\r\r';

describe('the parser of server-sent events', () => {
  it('reads names, ids, waits and data of several lines, whatever ends a line', () => {
    expect(read([whole])).toEqual({
      events: [
        { id: '7', name: 'caption', data: '{"text":\n"a: b"}' },
        { id: '7', name: 'message', data: '' },
        { id: '7', name: 'message', data: 'x' },
      ],
      retries: [900],
    });
  });
  it('reads the same however the text is cut into pieces, between the two signs of a line’s end too', () => {
    const cuts = fc.array(fc.nat(whole.length), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (places) => {
        const at = [0, ...places.sort((one, other) => one - other), whole.length];
        const pieces = at.slice(1).map((end, n) => whole.slice(at[n], end));
        expect(pieces.join('')).toBe(whole);
        expect(read(pieces)).toEqual(read([whole]));
      }),
    );
    expect(read([...whole])).toEqual(read([whole]));
  });
  it('makes no event of comments, of names without data, or of one that is not ended', () => {
    expect(dataOf(': one\n: data: two\n\nevent: state\n\ndata: three\n')).toEqual([]);
  });
  it('takes one space off a value, and knows no other field', () => {
    expect(dataOf('data:  a \nfoo: bar\ndatax: b\n data: c\n\n')).toEqual([' a ']);
  });
  it('keeps an id until another comes, and takes none with a null sign and no wait that is no number', () => {
    const { events, retries } = read(['id: 1\ndata: a\n\nid: 2\0\nretry: -1\nretry: 1e3\ndata: b\n\nid\ndata: c\n\n']);
    expect(events.map(({ id }) => id)).toEqual(['1', '1', '']);
    expect(retries).toEqual([]);
  });
  it('cuts a huge line off, leaves its event out, and reads the next one', () => {
    const huge = 'x'.repeat(50);
    expect(dataOf(`data: ${huge}\n\ndata: next\n\n`, 20)).toEqual(['next']);
    expect(dataOf(`data: a\n${huge}\ndata: b\n\ndata: next\n\n`, 20)).toEqual(['next']);
    expect(dataOf(`:${huge}\ndata: a\n\n`, 20)).toEqual(['a']);
    const pieces = ['data: ', ...huge, '\n', '\ndata: next\n\n'];
    expect(read(pieces, 20).events.map(({ data }) => data)).toEqual(['next']);
  });
  it('leaves out an event that has a huge amount of lines', () => {
    expect(dataOf(`${'data: 12345\n'.repeat(5)}\ndata: next\n\n`, 20)).toEqual(['next']);
    expect(dataOf(`${'data: 12345\n'.repeat(3)}\n`, 20)).toEqual(['12345\n12345\n12345']);
  });
});
