export { type CountCall, countCall, type EraseCall, eraseCall } from './command/erase-call.ts';
export { type RemoveWords, removeWords } from './command/remove-words.ts';
export { openWords } from './command/sealed-words.ts';
export type { KeptCall } from './decide/call.ts';
export type { Transcript } from './decide/transcript.ts';
export type { Utterance, UtterancePlace } from './decide/utterance.ts';
export { type Calls, callKey, callTag } from './keep/calls.ts';
export { type Transcripts, transcriptKey } from './keep/transcripts.ts';
export type { OfSession, Utterances } from './keep/utterances.ts';
