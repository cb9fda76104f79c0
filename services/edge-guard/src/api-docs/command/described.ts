import type { Route } from '../../checks/mod.ts';

/** What a route says of itself. */
export type Described = Omit<Route<never>, 'handle' | 'checks'>;
