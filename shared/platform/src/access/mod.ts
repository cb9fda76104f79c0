export { type AccessGuard, accessGuard } from './access-guard.ts';
export { type PrincipalDependencies, principalOf } from './principal.ts';
export { type Reading, readingOf } from './reading.ts';
