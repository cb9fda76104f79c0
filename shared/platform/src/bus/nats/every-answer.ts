import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

export type EveryAnswer = Readonly<{
  /** The service that asks. Its inboxes are named by it. */
  service: string;
  name: string;
  body: string;
  headers?: MsgHdrs;
  timeoutMs: number;
}>;

/** Every answer that comes within the time; none as soon as the server says that nobody is there to answer. */
export function everyAnswer(
  connection: NatsConnection,
  { service, name, body, headers, timeoutMs }: EveryAnswer,
): Promise<Msg[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Msg[]>();
  const answers: Msg[] = [];
  const inbox = createInbox(`_INBOX.${service}`);
  const subscription = connection.subscribe(inbox, {
    callback(error, message) {
      if (error) return reject(error);
      if (message.data.length === 0 && message.headers?.code === 503) return resolve([]);
      answers.push(message);
    },
  });
  const timer = setTimeout(() => resolve(answers), timeoutMs);
  connection.publish(name, body, { reply: inbox, ...(headers && { headers }) });
  return promise.finally(() => {
    clearTimeout(timer);
    subscription.unsubscribe();
  });
}
