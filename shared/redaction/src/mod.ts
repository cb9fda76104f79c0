export { freshRedactionState, RedactionState, unknownRedactionState } from './carry.ts';
export { asciiDigits } from './digit.ts';
export { type Explained, type ExplainedLine, explain } from './explain.ts';
export { redactJson } from './json.ts';
export { CutCounts, RedactionKind, RedactionPolicy, strictestPolicy } from './policy.ts';
export { redactMessage, redactSession, type SpokenMessage } from './session.ts';
export { redactText } from './text.ts';
