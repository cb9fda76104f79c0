/** How close to the edges of the window the widget stays, in pixels, and what a phone's cut-outs add. */
const away = (/** @type {string} */ edge) => `max(20px, env(safe-area-inset-${edge}))`;

/** Windows that are too small for a panel beside the button: the call takes all of them. */
export const sheetMedia = '(max-width: 480px), (max-height: 519px)';

/**
 * The rules of what the widget puts on a page. They stand in a shadow root, where the page's own rules do not reach,
 * and what is inherited begins anew at the host.
 */
export const styles = `
:host { all: initial !important; }
@media print { :host { display: none !important; } }
.vox {
  color-scheme: light dark;
  color: light-dark(#17202c, #eef2f7);
  font: 15px/1.45 system-ui, sans-serif;
}
.vox[data-theme="light"] { color-scheme: light; }
.vox[data-theme="dark"] { color-scheme: dark; }
.right > * { right: ${away('right')}; }
.left > * { left: ${away('left')}; }
.bottom > * { bottom: ${away('bottom')}; }
.top > * { top: ${away('top')}; }
button { margin: 0; padding: 0; font: inherit; cursor: pointer; touch-action: manipulation; }
button:focus-visible { outline: 3px solid #ffffff; box-shadow: 0 0 0 6px #000000; }
.launcher {
  position: fixed;
  z-index: var(--layer);
  display: grid;
  place-items: center;
  box-sizing: border-box;
  width: var(--size);
  height: var(--size);
  border: 2px solid transparent;
  border-radius: 50%;
  background: var(--accent);
  background-origin: border-box;
  color: var(--on-accent);
  box-shadow: 0 4px 14px rgb(0 0 0 / 25%);
}
.launcher[hidden] { display: none; }
.launcher svg { grid-area: 1 / 1; width: 50%; fill: currentcolor; }
.launcher[aria-expanded="true"] .talk, .launcher[aria-expanded="false"] .fold { visibility: hidden; }
.live {
  position: absolute;
  top: -2px;
  right: -2px;
  box-sizing: border-box;
  width: 30%;
  height: 30%;
  border: 3px solid #ffffff;
  border-radius: 50%;
  background: #1a7f37;
}
.launcher:not([data-call]) .live { display: none; }
@media (prefers-reduced-motion: no-preference) {
  .launcher[data-call] { animation: call 1.6s ease-in-out infinite alternate; }
}
@keyframes call { to { box-shadow: 0 0 0 8px rgb(26 127 55 / 45%); } }
@media (forced-colors: active) {
  .live { border-color: ButtonFace; background: Highlight; forced-color-adjust: none; }
  button:focus-visible { outline-color: Highlight; }
}
.bubble {
  position: fixed;
  z-index: var(--layer);
  box-sizing: border-box;
  max-width: min(260px, calc(100vw - var(--size) - 52px));
  padding: 10px 14px;
  border: 1px solid transparent;
  border-radius: 12px;
  background: light-dark(#ffffff, #161b22);
  overflow-wrap: anywhere;
  box-shadow: 0 4px 14px rgb(0 0 0 / 25%);
}
.right > .bubble { margin-right: calc(var(--size) + 12px); }
.left > .bubble { margin-left: calc(var(--size) + 12px); }
.bubble:empty { padding: 0; border: 0; box-shadow: none; }
dialog {
  position: fixed;
  inset: auto;
  z-index: var(--layer);
  box-sizing: border-box;
  width: min(var(--width), calc(100vw - 40px));
  height: min(var(--height), calc(100dvh - var(--size) - 52px));
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 1px solid transparent;
  border-radius: 16px;
  overflow: hidden;
  overscroll-behavior: contain;
  background: light-dark(#ffffff, #161b22);
  color: inherit;
  box-shadow: 0 10px 40px rgb(0 0 0 / 30%);
}
.bottom > dialog { margin-bottom: calc(var(--size) + 12px); }
.top > dialog { margin-top: calc(var(--size) + 12px); }
@media (max-height: 620px) {
  .vox > dialog { height: min(var(--height), calc(100dvh - 40px)); margin-block: 0; }
  .right > dialog { margin-right: calc(var(--size) + 12px); }
  .left > dialog { margin-left: calc(var(--size) + 12px); }
}
@media ${sheetMedia} {
  .vox > dialog {
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    border: 0;
    border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
}
dialog::backdrop { background: none; }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: normal; }
iframe[hidden] { display: none; }
.vox[data-theme="light"] iframe { color-scheme: light; }
.vox[data-theme="dark"] iframe { color-scheme: dark; }
.leave {
  position: absolute;
  top: 14px;
  right: 20px;
  width: 44px;
  height: 44px;
  border: 0;
  background: none;
  color: inherit;
}
dialog:not(.loading) .leave { display: none; }
.loading iframe { visibility: hidden; }
`;
