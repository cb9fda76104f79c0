import { type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { subjectNameOfSignal } from '@vox/contracts';
import { Fault, Reason } from '../../fault/mod.ts';
import { parseJson } from '../answer.ts';
import type { Signals } from '../bus.ts';

export type NatsSignalsOptions = Readonly<{
  connection: NatsConnection;
  /** Whether the link to the server stands. */
  linked: () => boolean;
  onThrow: (error: unknown) => void;
}>;

/** Signals as plain messages, which no stream keeps. While the link is down nothing is said: it would come too late. */
export const natsSignals = ({ connection, linked, onThrow }: NatsSignalsOptions): Signals => ({
  signal(kind, scope, data) {
    if (linked()) connection.publish(subjectNameOfSignal(kind, scope), JSON.stringify(kind.data.parse(data)));
  },
  async listen(kind, scope, heard) {
    let isRefused = false;
    const subscription = connection.subscribe(subjectNameOfSignal(kind, scope), {
      callback(error, message) {
        isRefused ||= error instanceof PermissionViolationError;
        if (error) return onThrow(error);
        const read = kind.data.safeParse(parseJson(message.data));
        if (read.success) heard(read.data as never);
      },
    });
    // A signal is heard once the server knows of the subscription. While it cannot be told, the link will tell it.
    await connection.flush().catch(() => undefined);
    if (isRefused)
      throw new Fault('UNAVAILABLE', {}, { cause: new Reason('NATS does not let this service hear a signal') });
    return { stop: async () => subscription.unsubscribe() };
  },
});
