export { CutCounts, RedactionKind, RedactionPolicy, strictestPolicy } from './cuts/policy.ts';
export { redactJson } from './json/json.ts';
export { type Explained, type ExplainedLine, explain } from './session/explain.ts';
export { redactMessage, redactSession, type SpokenMessage } from './session/session.ts';
export { freshRedactionState, RedactionState, unknownRedactionState } from './session/state.ts';
export { redactText } from './session/text.ts';
export { asciiDigits } from './tokens/digit.ts';
