import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colourIn, readableOn } from './colours.js';
import { endedBecause, timeLeft, tryAgainIn, words } from './words.js';

describe('the words for a visitor', () => {
  it('say how much time is left', () => {
    expect([timeLeft(899.9), timeLeft(61), timeLeft(-3)]).toEqual(['14:59 left', '1:01 left', '0:00 left']);
  });
  it('say when to try again, unless that is hours away', () => {
    expect(tryAgainIn(1)).toContain('1 second.');
    expect(tryAgainIn(600)).toContain('10 minutes');
    expect(tryAgainIn(40_000)).toBe('');
    expect(tryAgainIn(undefined)).toBe('');
  });
  it('say why a call ended', () => {
    expect(endedBecause('quota')).toMatch(/used up/);
    expect(endedBecause('privacy')).toMatch(/being erased/);
    expect(endedBecause('something new')).toBe(words.ended);
  });
});

describe('a tenant’s colour', () => {
  it('is taken in hexadecimal only', () => {
    expect(['#0b5fff', '#FFF', '#0b5ff', 'red', 'url(x)', '', null].map(colourIn)).toEqual([
      '#0b5fff',
      '#FFF',
      ...Array.from({ length: 5 }, () => undefined),
    ]);
  });
  it('bears the text that can be read on it', () => {
    expect(['#0b5fff', '#000', '#ffd400', '#fff', '#b3261e'].map(readableOn)).toEqual([
      '#ffffff',
      '#ffffff',
      '#000000',
      '#000000',
      '#ffffff',
    ]);
  });
});

describe('a place of the page that is read out when something comes into it', () => {
  const text = (/** @type {string} */ name) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const css = ['page.css', 'style/call.css', 'style/shown.css', 'style/controls.css'].map(text).join('');
  const html = text('page.html');
  it.each(['warning', 'network', 'results', 'question'])('is there before that and takes no room: #%s', (id) => {
    const [, attributes = '', inside] = new RegExp(`<(?:p|div) id="${id}"([^>]*)>([^<]*)</`).exec(html) ?? [];
    expect(attributes).toMatch(/aria-live="polite"/);
    expect(attributes).not.toMatch(/hidden|tabindex/);
    expect(inside).toBe('');
    expect(css).not.toContain(`#${id}[hidden]`);
    expect(css).toMatch(new RegExp(`#${id}:empty[^{]*\\{[^}]*position: absolute`));
  });
});
