/** Names the page after its head, and puts the focus there, so that a screen reader says where one is. */
export function arrive() {
  const head = document.querySelector('main h1');
  if (!(head instanceof HTMLElement)) return;
  document.title = `${head.textContent} · VOX`;
  if (document.activeElement === document.body || document.activeElement === null) head.focus({ preventScroll: true });
}
