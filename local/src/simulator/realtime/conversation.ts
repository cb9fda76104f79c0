import {
  type ClientEvent,
  type Event,
  errorsWith,
  type FunctionOutput,
  type Heard,
  made,
  newId,
  type Protocol,
} from '../calls/protocol.ts';
import type { Conversation } from '../settings.ts';
import { type Configuration, configurationOf, refusedUpdate, transcriptionModelOf, updated } from './configuration.ts';
import { callOn, eventsOfCall, type ScriptedCall, saidOf } from './scripted-call.ts';
import type { Session } from './secrets.ts';
import { eventsOfAnswer, eventsOfTurn, eventsOfVisitor, heardIn } from './turn.ts';
import { type TurnUsage, usualTranscription } from './usage.ts';

/** Client events that are taken without an answer: no audio and no history is kept here that they could change. */
const taken = new Set([
  ...[
    'input_audio_buffer.append',
    'input_audio_buffer.commit',
    'input_audio_buffer.clear',
    'output_audio_buffer.clear',
  ],
  ...['conversation.item.delete', 'conversation.item.retrieve', 'conversation.item.truncate', 'response.cancel'],
]);

export type RealtimeOptions = Readonly<{ session: Session; conversation: Conversation; expiresAt: number }>;

/** So many turns long both sides wait for the output of a function. */
const awaitsMax = 20;

/** The Realtime API, as one call speaks it. */
export function realtimeProtocol({ session, conversation, expiresAt }: RealtimeOptions): Protocol {
  let configuration = configurationOf(session, newId('sess'), expiresAt);
  let spoke = false;
  /** What the visitor has written and the agent has not answered. */
  let written: string | undefined;
  /** The function that was called last, and what is to be said of its output. */
  let called: ScriptedCall | undefined;
  let saying: string | undefined;
  const outputs: FunctionOutput[] = [];
  /** In so many turns nobody speaks, unless the output of a function comes before. */
  let awaits = 0;
  /** Turns that no line of the script was used for. */
  let unscripted = 0;

  function update(event: ClientEvent): Heard {
    const wanted = objectIn(event, 'session');
    const refused = refusedUpdate(configuration, wanted, spoke);
    if (refused !== undefined) return { toSender: [error(refused.code, refused.message, event, refused.param)] };
    configuration = updated(configuration, wanted);
    return { toAll: [made('session.updated', { session: configuration })] };
  }
  function hear(event: ClientEvent): Heard {
    if (event.type === 'session.update') return update(event);
    if (event.type === 'response.create') return { speaks: true };
    if (event.type === 'conversation.item.create') {
      takeItem(objectIn(event, 'item'));
      return { toAll: itemEvents(event) };
    }
    if (taken.has(event.type)) return {};
    return { toSender: [error('invalid_value', 'There is no such client event.', event, 'type')] };
  }
  function takeItem(item: Configuration): void {
    if (item.type === 'function_call_output') {
      outputs.push({ callId: item.call_id, output: item.output });
      awaits = 0;
    }
    if (item.type === 'function_call_output' && called !== undefined) saying = saidOf(called, item.output);
    if (item.role === 'user') written = textIn(item);
  }
  /** One turn: of an output the agent speaks first, and what the visitor says may make it call a function. */
  function takeTurn(turn: number): readonly Event[] {
    const { script, turnUsages } = conversation;
    const usage = turnUsages[turn % turnUsages.length] as TurnUsage;
    const line = turn - unscripted;
    const [said, words] = [saying, written];
    [saying, written] = [undefined, undefined];
    const isSilent = said === undefined && words === undefined && awaits > 0;
    if (isSilent || said !== undefined || words !== undefined) unscripted += 1;
    if (isSilent) {
      awaits -= 1;
      return [];
    }
    if (said !== undefined) return eventsOfAnswer(said, usage);
    called = callOn(script.calls ?? [], words ?? heardIn(script, line), configuration.tools);
    awaits = called === undefined ? 0 : awaitsMax;
    const spoken = termsOf(line, conversation, transcriptionModelOf(configuration));
    if (called === undefined) return eventsOfTurn({ ...spoken, usage });
    return [...(words === undefined ? eventsOfVisitor(spoken) : []), ...eventsOfCall(called, usage)];
  }
  return {
    greeting: () => [made('session.created', { session: configuration })],
    hear,
    turn: (turn) => {
      spoke = true;
      return takeTurn(turn);
    },
    beats: [],
    channelHears: () => true,
    parting: (by) => {
      if (by === 'limit') return [error('session_expired', 'Your session hit its maximum duration.')];
      return by === 'browser' ? [error('call_ended', 'The other side has left the call.')] : [];
    },
    error,
    outputs: () => outputs,
    configuration: () => configuration,
  };
}

function termsOf(turn: number, { transcriptionUsages = [], script }: Conversation, model: string | undefined) {
  const given = transcriptionUsages[turn % transcriptionUsages.length];
  const transcription = model === undefined ? undefined : (given ?? usualTranscription(model));
  return { turn, script, transcribed: model !== undefined, transcription };
}

/** The text of a message, where it is written. */
function textIn({ content }: Configuration): string {
  const parts = Array.isArray(content) ? (content as readonly { text?: unknown }[]) : [];
  return parts.map(({ text }) => (typeof text === 'string' ? text : '')).join(' ');
}

/** What a new item of the conversation makes known, such as the output of a function. */
function itemEvents(event: ClientEvent): readonly Event[] {
  const item = { id: newId('item'), object: 'realtime.item', status: 'completed', ...objectIn(event, 'item') };
  const previous = { previous_item_id: event.previous_item_id ?? null };
  return [
    made('conversation.item.added', { ...previous, item }),
    made('conversation.item.done', { ...previous, item }),
  ];
}

function objectIn(event: ClientEvent, field: string): Configuration {
  const value = event[field];
  return typeof value === 'object' && value !== null ? (value as Configuration) : {};
}

const error = errorsWith((event, param) => ({ param: param ?? null, event_id: event?.event_id ?? null }));
