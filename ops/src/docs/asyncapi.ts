import {
  consumers,
  type FactKind,
  factKinds,
  questions,
  rights,
  streams,
  subjectNameOfQuestion,
  typeOf,
} from '@vox/contracts';
import { jsonSchemaOf } from '@vox/platform/examples';
import { version } from '@vox/platform/lifecycle';
import type { z } from 'zod';

const schemaOf = (schema: z.ZodType): object => jsonSchemaOf(schema, 'input');
const nameOf = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, '_');

const addressOf = ({ name, scope }: FactKind): string =>
  scope === 'session' ? `${name}.{tenantId}.{sessionId}` : `${name}.{tenantId}`;

function factChannel(kind: FactKind): object {
  const parameters = {
    tenantId: { description: 'the tenant that the fact is about' },
    ...(kind.scope === 'session' && { sessionId: { description: 'the session that the fact is about' } }),
  };
  const payload = {
    type: 'object',
    description: 'A CloudEvents 1.0 event in structured JSON.',
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string' },
      source: { type: 'string' },
      type: { const: typeOf(kind) },
      subject: { type: 'string' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      traceparent: { type: 'string' },
      data: schemaOf(kind.data),
    },
  };
  return {
    address: addressOf(kind),
    title: kind.name,
    description: kind.summary,
    parameters,
    messages: { [typeOf(kind)]: { contentType: 'application/cloudevents+json', payload } },
  };
}

/** The bus as AsyncAPI 3.0.0 (asyncapi.com): facts with publishers and consumers, questions with responders. */
export function asyncApi(): object {
  const channels: Record<string, object> = {};
  const operations: Record<string, object> = {};
  const ref = (channel: string) => ({ $ref: `#/channels/${channel}` });
  for (const kind of factKinds) {
    const channel = nameOf(kind.name);
    channels[channel] = factChannel(kind);
    for (const [service, { publishes }] of Object.entries(rights))
      if (publishes.includes(kind))
        operations[`${nameOf(service)}_publishes_${channel}`] = {
          action: 'send',
          channel: ref(channel),
          title: service,
        };
    for (const consumer of Object.values(consumers))
      if ((consumer.kinds as readonly FactKind[]).includes(kind))
        operations[`${nameOf(consumer.name)}_consumes_${channel}`] = {
          action: 'receive',
          channel: ref(channel),
          title: consumer.service,
          description: `Durable consumer ${consumer.name} of ${consumer.stream}.`,
        };
  }
  for (const question of questions) {
    const name = subjectNameOfQuestion(question);
    const asks = nameOf(name);
    channels[asks] = {
      address: name,
      description: question.summary,
      messages: { request: { payload: schemaOf(question.request) } },
    };
    channels[`${asks}_reply`] = { address: null, messages: { reply: { payload: schemaOf(question.reply) } } };
    operations[`${nameOf(question.service)}_answers_${asks}`] = {
      action: 'receive',
      channel: ref(asks),
      title: question.service,
      reply: { channel: ref(`${asks}_reply`) },
    };
  }
  const kept = streams.map(({ name, maxAgeSeconds }) => `${name} keeps ${maxAgeSeconds / 86_400} days`).join(', ');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'VOX',
      version,
      description: `Facts on JetStream (${kept}) and questions by request and reply, on NATS.`,
    },
    defaultContentType: 'application/json',
    channels,
    operations,
  };
}
