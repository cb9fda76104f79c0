import { fieldsOf, idOf, type ProviderEvent, textOf } from './event.ts';

/**
 * Whether the agent is answering just now, and whether it must be asked to say something about an output that it has
 * got. A provider gives one answer at a time, and refuses to begin another (Realtime API, response.create).
 */
export type Answers = Readonly<{
  /** The answer that is being given; `asked` while we have asked for one and not heard of it. */
  now: string | 'asked' | undefined;
  /** Answers that are over, the last ones: their beginning may come late. */
  over: readonly string[];
  isWanted: boolean;
  /** Whether the visitor still hears the agent. */
  isHeard: boolean;
}>;
export const noAnswers: Answers = { now: undefined, over: [], isWanted: false, isHeard: false };

const overMax = 32;

/** How an event changes that. */
export function afterEvent(answers: Answers, event: ProviderEvent): Answers {
  switch (event.type) {
    // A connection begins: whatever was heard before it may have ended meanwhile.
    case 'session.created':
      return { ...answers, now: undefined, isHeard: false };
    case 'response.created': {
      const id = idOf(fieldsOf(event.response).id) ?? 'asked';
      return answers.over.includes(id) ? answers : { ...answers, now: id };
    }
    case 'response.done': {
      const id = idOf(fieldsOf(event.response).id);
      if (id === undefined) return { ...answers, now: undefined };
      if (answers.over.includes(id)) return answers;
      const goesOn = answers.now !== 'asked' && answers.now !== id;
      return { ...answers, ...(!goesOn && { now: undefined }), over: [...answers.over, id].slice(-overMax) };
    }
    case 'output_audio_buffer.started':
      return { ...answers, isHeard: true };
    case 'output_audio_buffer.stopped':
    case 'output_audio_buffer.cleared':
      return { ...answers, isHeard: false };
    case 'error':
      return isRefusedAnswer(event) ? { ...answers, now: 'asked', isWanted: true } : answers;
  }
  return answers;
}

const isRefusedAnswer = ({ error }: ProviderEvent): boolean =>
  textOf(fieldsOf(error).code) === 'conversation_already_has_active_response';

/** Whether the agent is to be asked for an answer now. */
export const mayAsk = ({ now, isWanted }: Answers): boolean => isWanted && now === undefined;
/** We have asked for an answer. */
export const asked = (answers: Answers): Answers => ({ ...answers, now: 'asked', isWanted: false });
/** Whether the agent has said all that it had to say. */
export const isSilent = ({ now, isWanted, isHeard }: Answers): boolean => now === undefined && !isWanted && !isHeard;
