import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captionsIn } from './captions.js';

/** As much of an element as captions need. */
class Element {
  dataset = {};
  textContent = '';
  dir = '';
  scrollTop = 0;
  clientHeight = 100;
  /** @type {any[]} */
  children = [];
  /** @type {Element | undefined} */
  parent;
  get scrollHeight() {
    return this.children.length * 40;
  }
  /** @param {any[]} children */
  append(...children) {
    for (const child of children) if (child instanceof Element) child.parent = this;
    this.children.push(...children);
  }
  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((each) => each !== this);
  }
  replaceChildren() {
    this.children = [];
  }
  /** @returns {string} */
  get words() {
    return this.textContent + this.children.map((each) => (typeof each === 'string' ? each : each.words)).join('');
  }
}

describe('the captions of a call', () => {
  beforeEach(() => vi.stubGlobal('document', { createElement: () => new Element() }));
  afterEach(() => vi.unstubAllGlobals());

  function opened() {
    const place = new Element();
    const names = { user: 'You', assistant: 'Guide' };
    const shown = captionsIn(/** @type {any} */ (place), (role) => names[role]);
    /** @param {string} itemId @param {'user' | 'assistant'} role @param {string} text @param {boolean} [final] */
    const show = (itemId, role, text, final = false) => shown.show({ itemId, role, text, final });
    return { place, show, clear: shown.clear, lines: () => place.children.map(({ words }) => words) };
  }

  it('are replaced in place as an utterance grows, with both sides in the order in which they began', () => {
    const { show, lines } = opened();
    show('a', 'user', 'Are you');
    show('b', 'assistant', 'We');
    show('a', 'user', 'Are you open?', true);
    show('b', 'assistant', 'We are open.', true);
    expect(lines()).toEqual(['You Are you open?', 'Guide We are open.']);
  });
  it('keep what is final when an earlier state of it comes late, and take a better final one', () => {
    const { show, lines } = opened();
    show('a', 'user', 'Hello there', true);
    show('a', 'user', 'Hello');
    expect(lines()).toEqual(['You Hello there']);
    show('a', 'user', 'Hello, there!', true);
    expect(lines()).toEqual(['You Hello, there!']);
  });
  it('have no line for an utterance without words, and lose none to an empty end', () => {
    const { show, lines } = opened();
    show('a', 'user', ' ');
    show('b', 'assistant', 'We are');
    show('b', 'assistant', '', true);
    expect(lines()).toEqual(['Guide We are']);
  });
  it('take words as text, in the direction of their own script', () => {
    const { place, show } = opened();
    show('a', 'user', '<img src=x onerror=alert(1)>');
    const [line] = place.children;
    expect(line.dataset).toEqual({ role: 'user' });
    expect(line.children[2]).toMatchObject({ textContent: '<img src=x onerror=alert(1)>', dir: 'auto' });
  });
  it('are bounded, go to the end with a reader who is there, and leave one alone who scrolled back', () => {
    const { place, show, lines } = opened();
    for (let n = 0; n < 150; n += 1) show(`item ${n}`, 'user', `said ${n}`);
    expect(lines()).toHaveLength(100);
    expect(lines()[0]).toBe('You said 50');
    expect(place.scrollTop).toBe(4_000);
    place.scrollTop = 1_000;
    show('last', 'user', 'more');
    expect(place.scrollTop).toBe(1_000);
  });
  it('are gone when another call begins', () => {
    const { show, clear, lines } = opened();
    show('a', 'user', 'Hello', true);
    clear();
    show('a', 'user', 'Hi');
    expect(lines()).toEqual(['You Hi']);
  });
});
