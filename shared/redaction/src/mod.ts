export { Carry, freshCarry, lostCarry } from './carry.ts';
export { ascii } from './digit.ts';
export { type Explained, type ExplainedLine, explained } from './explain.ts';
export { redactJson } from './json.ts';
export { Found, RedactionKind, RedactionPolicy, strictest } from './policy.ts';
export { redactMessage, redactSession, type Said } from './session.ts';
export { redactText } from './text.ts';
