import { type Adapter, CallSignal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Sideband } from '../../provider/mod.ts';
import type { WatchEnd, WatchedCall } from '../decide/call.ts';
import type { ProviderEvent } from '../decide/event.ts';
import { begunWith, canonical, judged, noDrift, restoring, settingsIn, told } from '../decide/settings.ts';

export type GuardDependencies = Readonly<{ bus: Pick<Bus, 'signal'>; log: Log }>;

/** Holds a call to the settings that it began with. */
export type SettingsGuard = Readonly<{
  /** Takes the settings that an event tells; `true` when it tells some. */
  take: (event: ProviderEvent) => boolean;
  /** Takes over what another copy knows. */
  takeOver: (begunAs: string | undefined) => void;
  /** Puts back what was changed. Answers why the call must end, if it must. */
  enforce: (sideband: Pick<Sideband, 'send'>) => WatchEnd | undefined;
  /** The hash of the settings that the call began with, once they are known. */
  begunAs: () => string | undefined;
}>;

/** A browser cannot change the settings of a Live session, and nor can we put them back: one that changed ends. */
export function settingsGuard({ bus, log }: GuardDependencies, call: WatchedCall, adapter: Adapter): SettingsGuard {
  let drift = noDrift(call.settings);
  return {
    take(event) {
      const settings = settingsIn(event);
      if (settings !== undefined) drift = told(drift, { settings, hash: digest(canonical(settings)) });
      return settings !== undefined;
    },
    takeOver(begunAs) {
      drift = begunWith(drift, begunAs);
    },
    enforce(sideband) {
      const verdict = judged(drift);
      if (verdict === 'fine') return undefined;
      log.warn({ tenant: call.tenantId, session: call.sessionId }, 'a browser changed the settings of its call');
      if (verdict === 'end' || drift.began === undefined || adapter === 'openai-live') return 'policy';
      sideband.send(restoring(drift.began.settings));
      bus.signal(CallSignal, call, { kind: 'notice', what: 'settings-restored' });
      return undefined;
    },
    begunAs: () => drift.begunAs,
  };
}
