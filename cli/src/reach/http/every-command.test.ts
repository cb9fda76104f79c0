import { readdirSync, readFileSync } from 'node:fs';
import type { Question } from '@vox/contracts';
import * as contracts from '@vox/contracts';
import { describe, expect, it } from 'vitest';

const folders = ['../../commands/', '../../dialogues/'].map((name) => new URL(name, import.meta.url));
const sources = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8')),
);
const questionsAsked = Object.entries(contracts).flatMap(([name, value]) => {
  const isQuestion = typeof value === 'object' && value !== null && 'service' in value && 'request' in value;
  const isAsked = isQuestion && sources.some((text) => new RegExp(`\\bask\\(\\s*${name}\\b`).test(text));
  return isAsked ? [[name, value as unknown as Question] as const] : [];
});

describe('every command of vox', () => {
  it('asks questions that are answered under /api/v1, so that it works over HTTP too, but for what operates VOX itself', () => {
    expect(questionsAsked.length).toBeGreaterThan(30);
    const without = questionsAsked.filter(
      ([, asked]) =>
        !contracts.operationQuestions.includes(asked) &&
        !contracts.apiTable.some(({ question }) => (question as Question) === asked),
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });
});
