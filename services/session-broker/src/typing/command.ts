import { Fault, Reason } from '@vox/platform/fault';
import { providerOf, type Session, type Sessions } from '../calls/mod.ts';
import { ProviderFailure, type Providers } from '../provider/mod.ts';
import { readEvent } from '../watch/mod.ts';
import { afterEvent, begunTurn, isOver, isSaid, type TypedStep } from './decide.ts';

export type SayTypedDependencies = Readonly<{
  sessions: Pick<Sessions, 'read'>;
  providers: Providers;
  /** A new id of an item: 1 to 32 letters and digits, which is what the provider takes. */
  itemId: () => string;
  /** How long the opening of a sideband may take, and the turn over it. The edge waits longer than for both. */
  bounds: Readonly<{ openMs: number; turnMs: number }>;
}>;

export type Typed = Readonly<{ tenantId: string; sessionId: string; text: string }>;

/**
 * Says typed words in a brokered call, over a sideband of its own: any copy of the broker can, and the one that watches
 * the call hears them as it hears all that is said. Throws Fault: NOT_FOUND where this tenant has no such session,
 * SESSION_ENDED, INVALID_REQUEST for a call that takes no typed words, UPSTREAM_UNAVAILABLE where the provider did not
 * take them.
 */
export async function sayTyped(
  dependencies: SayTypedDependencies,
  { tenantId, sessionId, text }: Typed,
): Promise<void> {
  const { sessions, providers } = dependencies;
  const { provider, callId } = takesWords(await sessions.read(sessionId), tenantId);
  const { profile, openSideband } = providers.of(provider);
  if (profile.adapter === 'openai-live') throw notHere('the provider takes no typed words in such a call');
  try {
    await turnOver(openSideband, callId, begunTurn(dependencies.itemId(), text), dependencies.bounds);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    throw new Fault('UPSTREAM_UNAVAILABLE', {}, { cause: error });
  }
}

const notHere = (message: string): Fault => new Fault('INVALID_REQUEST', { issues: [{ path: 'text', message }] });

function takesWords(session: Session | undefined, tenantId: string): Readonly<{ provider: string; callId: string }> {
  if (session?.tenantId !== tenantId || session.kind === 'denied') throw new Fault('NOT_FOUND');
  if (session.kind === 'ended') throw new Fault('SESSION_ENDED', { reason: session.reason });
  const { mode, callId } = session;
  if (mode !== 'brokered' || callId === undefined) throw notHere('a direct call takes them over its data channel');
  return { provider: providerOf(session), callId };
}

type OpenSideband = ReturnType<Providers['of']>['openSideband'];

/** Resolves when the words are said. Throws ProviderFailure where the provider did not take them in time. */
async function turnOver(
  open: OpenSideband,
  callId: string,
  begun: TypedStep,
  { openMs, turnMs }: SayTypedDependencies['bounds'],
): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let { turn } = begun;
  let send: (event: object) => void = () => undefined;
  const onEvent = (text: string): void => {
    const event = readEvent(text);
    if (event === undefined) return;
    const step = afterEvent(turn, event);
    turn = step.turn;
    for (const each of step.sends) send(each);
    if (isOver(turn)) resolve();
  };
  const sideband = await open(callId, { onEvent, onClosed: resolve }, openMs);
  send = sideband.send;
  for (const each of begun.sends) send(each);
  const timer = setTimeout(resolve, turnMs);
  await over;
  clearTimeout(timer);
  sideband.close();
  if (!isSaid(turn)) throw new ProviderFailure(new Reason('it did not take typed words'));
}
