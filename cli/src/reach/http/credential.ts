import type { Action } from '@vox/contracts';

/** What is asked of the server, still without a credential. */
export type Asked = Readonly<{
  method: string;
  target: string;
  body?: string | undefined;
  ifMatch?: string | undefined;
  /** What it does. A machine signs for it alone. */
  action?: Action;
  timeoutMs?: number;
}>;

/** Sends requests with an API key or a login, and answers their JSON. Throws Fault, or Mistake with what to correct. */
export type Credential = Readonly<{ send: (asked: Asked) => Promise<unknown> }>;
