export { given } from './given.ts';
export { someLimits, someOrigin, somePolicy, someWidgetKey } from './policy.ts';
export { settled } from './settle.ts';
