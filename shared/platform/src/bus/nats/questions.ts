import { randomUUID } from 'node:crypto';
import { headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import {
  operatorIdentity,
  operatorNameOfQuestion,
  type Question,
  type RefusalReason,
  subjectNameOfQuestion,
} from '@vox/contracts';
import { Fault } from '../../fault/mod.ts';
import { answerBytes, faultBytes, parseJson, readReply } from '../answer.ts';
import type { Asker, Consumption, Questions } from '../bus.ts';
import { answering, asking } from '../trace.ts';
import { repliesOf } from '../view.ts';
import { nothingHeld, waitingRoom } from '../waiting-room.ts';
import { everyAnswer } from './every-answer.ts';
import { whileLinked } from './linked.ts';

const askMs = 2_000;

export type NatsQuestionsOptions = Readonly<{
  connection: NatsConnection;
  service: string;
  inbox: string;
  /** Whether the link to the server stands. */
  linked: () => boolean;
  /** Resolves at the end of this turn, so that answers leave together. */
  atTurnEnd: () => Promise<void>;
  onThrow: (error: unknown) => void;
}>;

/** Questions by request and reply, and answers to whoever waits under a fact. Only this process listens on `inbox`. */
export function natsQuestions({
  connection,
  service,
  inbox,
  linked,
  atTurnEnd,
  onThrow,
}: NatsQuestionsOptions): Questions {
  const waiting = waitingRoom((token) => `${inbox}.${token}`, randomUUID);
  connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error) return onThrow(error);
      // Whoever fetches names a place for what is held; whoever answers names none.
      if (!message.reply) return waiting.deliver(message.subject, message.data);
      const held = waiting.heldAt(message.subject);
      if (held !== undefined) message.respond(held);
    },
  });

  return {
    expect: (schema, options) => waiting.expect(schema, options),
    async fetchHeld(replyTo, schema, { timeoutMs = askMs } = {}) {
      if (!isInbox(replyTo)) throw nothingHeld();
      const held = await whileLinked(linked, () => connection.request(replyTo, '', { timeout: timeoutMs }));
      const read = schema.safeParse(parseJson(held.data));
      if (!read.success) throw nothingHeld();
      return read.data;
    },
    async reply(replyTo, schema, value) {
      // The publisher of the fact wrote the address. It must be an inbox: under any other name the answer would be a
      // message that we did not choose to send.
      if (!isInbox(replyTo)) return;
      const bytes = JSON.stringify(schema.parse(value));
      await atTurnEnd();
      connection.publish(replyTo, bytes);
    },
    ask: (question, request, { timeoutMs = askMs, proof } = {}) => {
      const name = nameFor(service, question);
      return asking(question, name, async (traceparent) => {
        const sent = sentWith(traceparent, proof);
        const bytes = carriable(connection, JSON.stringify(request));
        const answer = await whileLinked(linked, () =>
          connection.request(name, bytes, { timeout: timeoutMs, headers: sent }),
        );
        return readReply(question, answer.data);
      });
    },
    askEvery: (question, request, { timeoutMs, proof }) => {
      const name = nameFor(service, question);
      return asking(question, name, async (traceparent) => {
        const sent = sentWith(traceparent, proof);
        const body = carriable(connection, JSON.stringify(request));
        const asked = { service, name, body, headers: sent, timeoutMs };
        const answers = await whileLinked(linked, () => everyAnswer(connection, asked));
        return repliesOf(
          question,
          answers.map(({ data }) => data),
        );
      });
    },
    async answer(question, handle): Promise<Consumption> {
      const working = new Set<Promise<void>>();
      const respond = async (message: Msg): Promise<void> => {
        const traceparent = message.headers?.get('traceparent') || undefined;
        const bytes = await answering(question, subjectNameOfQuestion(question), traceparent, () =>
          answerBytes(question, message.data, askerOf(question, message), handle as never, onThrow),
        );
        message.respond(fitting(connection, bytes));
      };
      const subscriptions = namesOf(question).map((name) =>
        connection.subscribe(name, {
          // A queue hands each question to one copy.
          ...(question.everyCopy !== true && { queue: service }),
          callback: (error, message) => {
            if (error) return onThrow(error);
            const job = respond(message)
              .catch(onThrow)
              .finally(() => working.delete(job));
            working.add(job);
          },
        }),
      );
      // A question is heard once the server knows of the subscription.
      await connection.flush();
      return {
        async stop() {
          for (const subscription of subscriptions) await subscription.drain();
          await Promise.all(working);
        },
      };
    },
  };
}

const isInbox = (replyTo: string): boolean => replyTo.startsWith('_INBOX.');
const proofHeader = 'vox-proof';

/** The name under which a service asks. */
const nameFor = (service: string, question: Question): string =>
  service === operatorIdentity && question.action !== undefined
    ? operatorNameOfQuestion(question)
    : subjectNameOfQuestion(question);

function sentWith(traceparent: string | undefined, proof: string | undefined): MsgHdrs {
  const sent = headers();
  if (traceparent !== undefined) sent.set('traceparent', traceparent);
  if (proof !== undefined) sent.set(proofHeader, proof);
  return sent;
}

/** The operator asks what is managed under a name of its own, which the server lets nobody else use. */
const namesOf = (question: Question): string[] => [
  subjectNameOfQuestion(question),
  ...(question.action === undefined ? [] : [operatorNameOfQuestion(question)]),
];

const askerOf = (question: Question, { subject, headers: sent }: Msg): Asker => ({
  isOperator: subject === operatorNameOfQuestion(question),
  proof: sent?.get(proofHeader) || undefined,
});

/** Room for the headers of a message, a proof among them. */
const headerBytes = 8_192;
const largest = ({ info }: NatsConnection): number => (info?.max_payload ?? 1_048_576) - headerBytes;

/**
 * Throws Fault PAYLOAD_TOO_LARGE for a text that the server would not carry: it would cut the link instead of
 * answering.
 */
function carriable(connection: NatsConnection, text: string): string {
  const [size, most] = [Buffer.byteLength(text), largest(connection)];
  if (size <= most) return text;
  throw new Fault('PAYLOAD_TOO_LARGE', {
    reason: 'message-too-large' satisfies RefusalReason,
    message: `has ${size} bytes; one message of the bus carries ${most}`,
  });
}

/** The answer, or a fault when the answer is too large: otherwise the asker would wait in vain. */
function fitting(connection: NatsConnection, text: string): string {
  try {
    return carriable(connection, text);
  } catch (error) {
    return faultBytes(error);
  }
}
