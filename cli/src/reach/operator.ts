import type { Bus } from '@vox/platform/bus';

/** Who runs a command, whom it asks, and where its answer goes. */
export type Operator = Readonly<{
  ask: Bus['ask'];
  /** Who acts, for the audit log. */
  actor: string;
  /** Names this run of the command in the audit log. */
  requestId: string;
  /** Shows an answer as JSON. */
  say: (answer: unknown) => void;
  /** Tells whoever watches how it goes, beside the answer. */
  note: (text: string) => void;
  /** Writes text as it is, and waits while whoever reads it is slow. */
  print: (text: string) => Promise<void>;
}>;
