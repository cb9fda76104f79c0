import { describe, expect, it } from 'vitest';
import { entryText, titleOf } from './incident-words.js';

describe('an incident in the words of the page', () => {
  it('has the title that somebody wrote, and one of the page where it was opened by itself', () => {
    expect(titleOf({ title: 'A laptop is lost', signal: null })).toBe('A laptop is lost');
    expect(titleOf({ title: 'Many', signal: 'guessed-credentials' })).not.toBe('Many');
    expect(titleOf({ title: 'Many of tomorrow', signal: 'of-tomorrow' })).toBe('Many of tomorrow');
  });
  it('has notes as they were written, and its own words for what VOX wrote', () => {
    expect(entryText({ step: 'note', text: 'high: it was the cat' })).toBe('high: it was the cat');
    expect(entryText({ step: 'opened', text: '30 or more were seen.' })).toBe('30 or more were seen.');
    expect(entryText({ step: 'opened', text: '…', values: { count: 30 } })).toMatch(/30/);
    expect(entryText({ step: 'risk', text: 'high' })).toBe('a high risk');
    expect(entryText({ step: 'closed', text: 'no-risk: encrypted: all of it' })).toBe(
      'a breach without a risk: encrypted: all of it',
    );
  });
});
