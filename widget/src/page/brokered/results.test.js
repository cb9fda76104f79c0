import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Element, element } from '../element.fixture.js';
import { words } from '../words.js';
import { questionIn } from './question.js';
import { nameOf, resultsIn, safeLink } from './results.js';
import { roomFor } from './room.js';

beforeEach(() => vi.stubGlobal('document', { createElement: element }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened() {
  const place = new Element('div');
  const results = resultsIn(/** @type {any} */ (place));
  /**
   * @param {string} useId
   * @param {string} kind
   * @param {[string, string | string[]][]} fields
   * @param {string} [title]
   */
  const show = (useId, kind, fields, title) =>
    results.show(useId, /** @type {any} */ ({ kind, title, fields: fields.map(([path, value]) => ({ path, value })) }));
  return { ...results, place, show, lines: () => place.children.map((/** @type {Element} */ box) => box.words) };
}
const attack = '<img src=x onerror=alert(1)>';

describe('what an agent shows', () => {
  it('as a card is a title and the names of fields with their values', () => {
    const { show, lines } = opened();
    show(
      'c1',
      'card',
      [
        ['order.deliveryDay', 'Monday'],
        ['order.items', ['Tea', 'Cups']],
      ],
      'Your order',
    );
    expect(lines()).toEqual(['Your orderDelivery dayMondayItemsTea, Cups']);
  });
  it('as a list is its values one below the other', () => {
    const { show, place } = opened();
    show('c1', 'list', [['shops', ['Berlin', 'Oslo']]]);
    expect(place.all('li').map(({ words }) => words)).toEqual(['Berlin', 'Oslo']);
  });
  it('as a link is one only where it is https and names no user; anything else is text', () => {
    const { show, place } = opened();
    const odd = ['http://a.example/', 'javascript:alert(1)', 'https://a.example@b.example/', 'data:text/html,x', 'a b'];
    show(
      'c1',
      'link',
      [['url', 'https://a.example/1'], ...odd.map((each) => /** @type {[string, string]} */ (['url', each]))],
      'See',
    );
    expect(place.all('a').map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ['https://a.example/1', 'noopener noreferrer', '_blank'],
    ]);
    expect(place.all('li').map(({ words }) => words)).toEqual(odd);
  });
  it('is text, whatever it looks like, in the direction of its own script', () => {
    const { show, place } = opened();
    for (const kind of ['card', 'list', 'link']) show(kind, kind, [[attack, attack]], attack);
    expect(place.all('img')).toEqual([]);
    for (const each of place.all('dd')) expect(each).toMatchObject({ textContent: attack, dir: 'auto' });
  });
  it('takes the place of what the same use showed before, and the oldest of many leaves', () => {
    const { show, lines } = opened();
    show('c1', 'card', [['status', 'packed']]);
    show('c1', 'card', [['status', 'sent']]);
    expect(lines()).toEqual(['Statussent']);
    for (let n = 2; n < 30; n += 1) show(`c${n}`, 'card', [['n', `${n}`]]);
    expect(lines()).toHaveLength(20);
    expect(lines()[0]).toBe('N10');
  });
  it('is gone when another call begins', () => {
    const { show, clear, place } = opened();
    show('c1', 'card', [['status', 'sent']]);
    clear();
    expect(place.children).toEqual([]);
  });
  it('stands in a place that is there while it is empty, and that a keyboard reaches only when it is filled', () => {
    const { show, clear, place } = opened();
    expect([place.hidden, place.tabIndex]).toEqual([false, -1]);
    show('c1', 'card', [['status', 'sent']]);
    expect([place.hidden, place.tabIndex]).toEqual([false, 0]);
    clear();
    expect([place.hidden, place.tabIndex]).toEqual([false, -1]);
  });
});

describe('a link that an agent gives', () => {
  it('shows its label, and the host that it leads to before it is followed', () => {
    const { link, place } = opened();
    link('c1', { url: 'https://pay.example/checkout?c=1', label: 'Pay now' });
    expect(place.all('a')[0]).toMatchObject({ textContent: 'Pay now', href: 'https://pay.example/checkout?c=1' });
    expect(place.all('small')[0]?.words).toBe(`pay.example, ${words.opensBeside}`);
  });
  it.each(['http://pay.example/', 'javascript:alert(1)', '', 'https://shop@pay.example/'])(
    'is not shown as %j',
    (url) => {
      const { link, place } = opened();
      link('c1', { url, label: 'Pay now' });
      expect(place.children).toEqual([]);
      expect(safeLink(url)).toBeUndefined();
    },
  );
});

it('the name of a field is read as words', () => {
  expect(['order.status', 'order_number', 'deliveryDay', 'a.b-c'].map(nameOf)).toEqual([
    'Status',
    'Order number',
    'Delivery day',
    'B c',
  ]);
});

describe('a question of the agent', () => {
  const answer = vi.fn();
  function asking() {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    answer.mockClear();
    const place = new Element('div');
    const ask = questionIn(/** @type {any} */ (place));
    ask({ text: attack, answer });
    return { ask, place, buttons: place.all('button') };
  }
  it('is shown with two answers alike, and leaves with either', () => {
    const { ask, place, buttons } = asking();
    vi.advanceTimersByTime(500);
    const [yes, no] = buttons;
    expect([yes?.words, no?.words, yes?.className, no?.className]).toEqual([words.agree, words.decline, '', '']);
    expect(place.all('p')[0]).toMatchObject({ textContent: attack, dir: 'auto' });
    yes?.click();
    no?.click();
    expect(answer.mock.calls).toEqual([[true], [false]]);
    expect(place.hidden).toBe(false);
    ask(undefined);
    expect([place.children, place.hidden]).toEqual([[], false]);
  });
  it('takes no press that was on its way to what stood there before', () => {
    const { buttons } = asking();
    vi.advanceTimersByTime(499);
    for (const button of buttons) button.click();
    expect(answer).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    buttons[1]?.click();
    expect(answer.mock.calls).toEqual([[false]]);
  });
});

it('what an agent shows has more room than the call alone, and the page is told so only when that changes', () => {
  const place = /** @type {any} */ ({ childElementCount: 0 });
  /** @type {any[]} */
  const told = [];
  const { fit, fitted } = roomFor([place], (message) => told.push(message));
  fit();
  fit();
  fitted((/** @type {number} */ childElementCount) => Object.assign(place, { childElementCount }))(2);
  fitted(() => Object.assign(place, { childElementCount: 0 }))();
  expect(told.map(({ height }) => height)).toEqual([480, 640, 480]);
});
