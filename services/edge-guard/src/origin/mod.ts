export { callOrigin } from './accept/call-origin.ts';
export { callerOrigin } from './accept/caller-origin.ts';
export { keyOrigin } from './accept/key-origin.ts';
export { tokenOrigin } from './accept/token-origin.ts';
