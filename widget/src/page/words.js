/** What a visitor reads, apart from the sentences of the server. */
export const words = {
  ready: 'Ready when you are.',
  microphone: 'Please allow the microphone…',
  checking: 'Checking that you are a person…',
  asking: 'Asking for a line…',
  connecting: 'Connecting…',
  listening: 'Listening',
  speaking: 'Speaking',
  thinking: 'Thinking',
  you: 'You',
  muted: 'You are muted',
  agreeFirst: 'Please agree before the call starts.',
  withdrawn: 'From now on nothing of what is said is kept.',
  agree: 'I agree',
  decline: 'No, thank you',
  agreed: 'Thank you. Your answer is recorded.',
  declined: 'Your answer is recorded. The call goes on without it.',
  opensBeside: 'opens beside this call',
  ended: 'The call has ended.',
  notStarted: 'The call did not start.',
  endingSoon: 'Less than a minute is left.',
  restored: 'Somebody changed the settings of this call. They were put back.',
  noMicrophone: 'There is no microphone that we may use. Allow it for this page, then start again.',
  lost: 'The connection is unsteady. We keep trying; the call goes on as long as it can.',
  dropped: 'The connection was lost. Check your network, then start again.',
  unreachable: 'We cannot be reached. Check your network, then start again.',
  notFramed: 'This page is part of another site, and can be used there only.',
  providerFailed: 'The voice service did not take the call. Please start again in a moment.',
};

/** Why a call ended, by the server's reason. @type {Readonly<Record<string, string>>} */
const ends = {
  client: words.ended,
  idle: 'The call ended because nobody spoke for a while.',
  max_duration: 'The call has reached its longest time. You can start a new one.',
  quota: 'The time for calls is used up for now. Please come back later.',
  key_revoked: 'Voice calls were switched off on this page.',
  admin: 'The call was ended by the operator of this site.',
  privacy: 'The call ended because what is known of you here is being erased.',
  provider: 'The voice service ended the call. You can start a new one.',
  policy: 'The call was ended.',
  never_connected: 'The call could not connect. Please start again.',
};

/** @param {string | undefined} reason */
export const endedBecause = (reason) => ends[reason ?? ''] ?? words.ended;

/** Minutes and seconds for eyes. @param {number} seconds */
export function timeLeft(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} left`;
}

/** When to try again, after a sentence. @param {number | undefined} seconds */
export function tryAgainIn(seconds) {
  if (seconds === undefined || seconds <= 0) return '';
  if (seconds < 90) return ` You can try again in ${seconds} second${seconds === 1 ? '' : 's'}.`;
  if (seconds < 5_400) return ` You can try again in about ${Math.round(seconds / 60)} minutes.`;
  return '';
}
