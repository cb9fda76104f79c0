import { useEffect } from 'preact/hooks';
import { operations } from '../operations.js';
import { live, me } from '../state.js';
import { lookAgain } from './tabs.js';
import { may } from './who.js';

/** Follows what changes for as long as somebody is signed in who may. What does that is loaded then. */
export function useLive() {
  const memberId = me.value && may(operations.followChanges) ? me.value.memberId : undefined;
  useEffect(() => {
    if (memberId === undefined) return undefined;
    let isWanted = true;
    let leave = () => {};
    import('../live/live.js').then(
      ({ follow }) => {
        if (isWanted) leave = follow(memberId, () => void lookAgain());
      },
      // A newer version may have taken the module away.
      () => {
        if (isWanted) live.value = 'lost';
      },
    );
    return () => {
      isWanted = false;
      leave();
      live.value = undefined;
    };
  }, [memberId]);
}
