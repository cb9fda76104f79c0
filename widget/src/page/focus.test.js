import { afterEach, expect, it, vi } from 'vitest';
import { Element } from './element.fixture.js';
import { focusOn } from './focus.js';

afterEach(() => vi.unstubAllGlobals());

/** A page with a place in it. Its focus is on a button of that place. */
function opened() {
  const body = new Element('body');
  const place = new Element('div');
  const button = new Element('button');
  const [mute, end] = [new Element('button'), new Element('button')];
  body.append(place, mute, end);
  place.append(button);
  let focused = button;
  for (const each of [mute, end])
    each.focus = () => {
      focused = each;
    };
  const page = {
    body,
    get activeElement() {
      return focused.isConnected ? focused : body;
    },
  };
  vi.stubGlobal('document', page);
  const act = focusOn(/** @type {any} */ ([mute, end]), (/** @type {() => void} */ change) => change());
  return { act, page, place, button, mute, end };
}

it('the focus goes to a button of the call when what had it leaves the page', () => {
  const { act, page, place, button, mute } = opened();
  act(() => place.append(new Element('p')));
  expect(page.activeElement).toBe(button);
  act(() => place.replaceChildren());
  expect(page.activeElement).toBe(mute);
});
it('the focus goes to a button of the call when what had it is hidden', () => {
  const { act, page, button, mute, end } = opened();
  mute.hidden = true;
  act(() => Object.assign(button, { hidden: true }));
  expect(page.activeElement).toBe(end);
});
it('the focus stays where the page itself has put it', () => {
  const { act, page, place, end } = opened();
  act(() => {
    place.replaceChildren();
    end.focus();
  });
  expect(page.activeElement).toBe(end);
});
it('the focus is lost where no button of the call is there to take it, and nothing breaks', () => {
  const { act, place, mute, end } = opened();
  for (const each of [mute, end]) each.hidden = true;
  expect(() => act(() => place.replaceChildren())).not.toThrow();
});
