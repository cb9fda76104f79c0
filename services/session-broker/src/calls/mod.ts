export { type EndSessionDependencies, endInHand, endSession, endSessionOf } from './command/end-session.ts';
export { active } from './decide/heartbeat.ts';
export { type LiveSession, providerOf, type Session } from './decide/session.ts';
export { aloneTag, type Sessions, standbyTag, watcherTag } from './keep/sessions.ts';
export { watchedCall } from './keep/watched-call.ts';
