import { expect } from 'vitest';

/** given(decide, state).when(command).then(decision): a decision test that reads as a sentence. */
export function given<S, C, D>(decide: (state: S, command: C) => D, state: S) {
  return { when: (command: C) => ({ then: (wanted: D) => expect(decide(state, command)).toEqual(wanted) }) };
}
