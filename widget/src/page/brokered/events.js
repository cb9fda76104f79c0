/**
 * One of the server's events, as it came. `id` is the latest that the stream has named so far.
 * @typedef {{ id: string, name: string, data: string }} ServerEvent
 */

/** Characters of the longest line, and of all lines of one event. A caption of 16,384 characters fits, escaped too. */
const longestMax = 131_072;

/**
 * Reads Server-Sent Events (WHATWG HTML §9.2.6) out of text that comes in any pieces. A line or an event that is longer
 * than `longest` is cut off and left out, so that memory is bounded whatever is sent.
 * @param {{ onEvent: (event: ServerEvent) => void, onRetry?: (ms: number) => void, longest?: number }} options
 * @returns {(text: string) => void} takes the next piece
 */
export function eventParser({ onEvent, onRetry = () => undefined, longest = longestMax }) {
  /** The line that has begun. */
  let line = '';
  /** Whether the rest of that line is left out. */
  let isCut = false;
  /** Whether the last piece ended with a carriage return: a line feed that comes first belongs to it. */
  let afterReturn = false;
  let id = '';
  let name = '';
  /** @type {string[]} */
  let data = [];
  let length = 0;
  /** Whether a part of this event was left out. */
  let isBroken = false;

  /** @param {string} part */
  function take(part) {
    const room = longest - line.length;
    if (part.length > room) isCut = true;
    line += part.slice(0, room);
  }

  function endOfEvent() {
    const event = { id, name: name || 'message', data: data.join('\n') };
    const isWhole = data.length > 0 && !isBroken;
    name = '';
    data = [];
    length = 0;
    isBroken = false;
    if (isWhole) onEvent(event);
  }

  /** @param {string} value */
  function addData(value) {
    length += value.length + 1;
    if (length > longest + 1) isBroken = true;
    if (isBroken) data = [];
    else data.push(value);
  }

  /** @param {string} field @param {string} value */
  function addField(field, value) {
    if (field === 'data') addData(value);
    if (field === 'event') name = value;
    if (field === 'id' && !value.includes('\0')) id = value;
    if (field === 'retry' && /^\d{1,9}$/.test(value)) onRetry(Number(value));
  }

  function endOfLine() {
    const [ended, wasCut] = [line, isCut];
    line = '';
    isCut = false;
    if (ended === '') return endOfEvent();
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(ended) ?? [];
    // It begins with a colon: a comment.
    if (field === '') return;
    if (wasCut) isBroken = true;
    else addField(field, value);
  }

  return (text) => {
    if (text === '') return;
    const lines = (afterReturn && text.startsWith('\n') ? text.slice(1) : text).split(/\r\n|\r|\n/);
    afterReturn = text.endsWith('\r');
    const begun = lines.pop() ?? '';
    for (const each of lines) {
      take(each);
      endOfLine();
    }
    take(begun);
  };
}
