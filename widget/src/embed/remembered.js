/**
 * Whether a call was under way when the page was loaded anew, in the storage of this tab. It is a flag and nothing else:
 * who reads it learns that somebody called. A page without storage forgets.
 */
const name = 'vox:call';

/** @param {boolean} isOn */
export function rememberCall(isOn) {
  try {
    if (isOn) sessionStorage.setItem(name, 'on');
    else sessionStorage.removeItem(name);
  } catch {
    // A sandboxed page has no storage.
  }
}

export function wasInCall() {
  try {
    return sessionStorage.getItem(name) === 'on';
  } catch {
    return false;
  }
}
