import { parentPort } from 'node:worker_threads';
import { redactSession } from '@vox/shared/redaction';
import type { Order } from './redactor.ts';

// Reads what was said, away from the loop that answers everybody: long batches of digits take seconds.
parentPort?.on('message', ({ number, carry, messages, policy }: Order) => {
  try {
    parentPort?.postMessage({ number, heard: redactSession(carry, messages, policy) });
  } catch {
    // What the redactor throws may hold what was said.
    parentPort?.postMessage({ number });
  }
});
