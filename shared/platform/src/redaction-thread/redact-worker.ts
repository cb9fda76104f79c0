import { parentPort } from 'node:worker_threads';
import { redactMessage, redactSession } from '@vox/redaction';
import type { Order } from './redactor.ts';

/** What was ordered: a batch of a session, or one message by itself. */
function read({ carry, messages, policy }: Order): unknown {
  if (carry !== undefined) return redactSession(carry, messages, policy);
  const [alone] = messages;
  return alone && redactMessage(alone, policy);
}

// Reads what was said, away from the loop that answers everybody: long batches of digits take seconds.
parentPort?.on('message', (order: Order) => {
  const { number } = order;
  try {
    parentPort?.postMessage({ number, heard: read(order) });
  } catch {
    // What the redactor throws may hold what was said.
    parentPort?.postMessage({ number });
  }
});
