import type { Identity, PolicyKey } from '@vox/contracts';

type Visitor = Extract<Identity, { kind: 'widget' }>;
type ConsoleUser = Extract<Identity, { kind: 'console' }>;

/** What a widget token says of its visitor. */
type TokenClaims = Readonly<{ widgetKey: string; origin: string }>;

/**
 * Who asks, and how they proved it: never by what the body says besides. A widget key proves no visitor, only that a
 * page of it may ask.
 */
export type Caller =
  | Readonly<{ kind: 'token'; identity: Visitor; key: PolicyKey; claims: TokenClaims }>
  | Readonly<{ kind: 'key'; identity: Visitor; key: PolicyKey; origin: string | undefined }>
  | Readonly<{ kind: 'login'; identity: ConsoleUser }>;
