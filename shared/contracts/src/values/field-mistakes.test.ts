import { describe, expect, it } from 'vitest';
import { FieldMistake, fieldSentences, mistakeOf, mistakeSaid } from './field-mistakes.ts';

describe('the sentences of mistakes', () => {
  it('each have one code, by which they are found again', () => {
    expect(new Set(FieldMistake.options).size).toBe(FieldMistake.options.length);
    for (const [code, sentence] of Object.entries(fieldSentences)) expect(mistakeOf(sentence)).toBe(code);
    expect(mistakeOf('is a sentence of nobody')).toBeUndefined();
  });
  it('are said with what stands in them, which goes along', () => {
    expect(mistakeSaid('members-full', { most: 200 })).toEqual({
      ...{ mistake: 'members-full', values: { most: 200 } },
      message: 'would be one member more than 200',
    });
    expect(mistakeSaid('last-owner')).toEqual({ mistake: 'last-owner', message: fieldSentences['last-owner'] });
  });
});
