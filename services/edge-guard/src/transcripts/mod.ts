export { beginTranscript, type StateDependencies } from './command/redaction-state.ts';
export { type RedactionStates, redactionStateKey } from './keep/redaction-states.ts';
