import { levelOf, smoothed } from './level.js';

const samplesCount = 512;

/** Hears one side. @param {AudioContext} context @param {MediaStream | null | undefined} stream */
function earOf(context, stream) {
  if (stream == null || stream.getAudioTracks().length === 0) return undefined;
  const analyser = context.createAnalyser();
  analyser.fftSize = samplesCount;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(samplesCount);
  return {
    stream,
    level() {
      analyser.getByteTimeDomainData(samples);
      return levelOf(samples);
    },
  };
}

/**
 * The picture of a call, which moves with what both sides say: `--visitor` and `--agent` of the element are how loud
 * each is, from 0 to 1. It rests for visitors who want less motion, and while nobody sees it. It is never the only sign
 * of who speaks.
 * @param {HTMLElement} element
 * @param {{ context?: () => AudioContext, still?: MediaQueryList }} [options]
 */
export function orbIn(
  element,
  { context = () => new AudioContext(), still = matchMedia('(prefers-reduced-motion: reduce)') } = {},
) {
  /** @type {AudioContext | undefined} */
  let opened;
  /** @type {Partial<Record<'visitor' | 'agent', ReturnType<typeof earOf>>>} */
  let ears = {};
  let levels = { visitor: 0, agent: 0 };
  let next = 0;
  /** What both sides say in the call that is shown. @type {import('../call/line.js').Streams | undefined} */
  let streams;
  let isShown = true;

  function paint() {
    const now = streams?.();
    if (opened === undefined || now === undefined) return;
    for (const side of /** @type {const} */ (['visitor', 'agent'])) {
      // Either side may get another stream while the call lives.
      if (ears[side]?.stream !== (now[side] ?? undefined)) ears[side] = earOf(opened, now[side]);
      levels = { ...levels, [side]: smoothed(levels[side], ears[side]?.level() ?? 0) };
      element.style.setProperty(`--${side}`, levels[side].toFixed(3));
    }
    next = requestAnimationFrame(paint);
  }
  function rest() {
    cancelAnimationFrame(next);
    void opened?.close().catch(() => undefined);
    [opened, ears, levels] = [undefined, {}, { visitor: 0, agent: 0 }];
    for (const side of ['visitor', 'agent']) element.style.removeProperty(`--${side}`);
  }
  function look() {
    rest();
    if (streams === undefined || still.matches || !isShown) return;
    try {
      opened = context();
      paint();
    } catch {
      // A browser without it, or with too many of them, shows the call as well.
      rest();
    }
  }
  still.addEventListener('change', look);
  return {
    /** @param {import('../call/line.js').Streams | undefined} live of a call that is live */
    show(live) {
      streams = live;
      look();
    },
    /** @param {boolean} on whether anybody can see it */
    shown(on) {
      isShown = on;
      look();
    },
  };
}
