import { describe, expect, it } from 'vitest';
import { freshRedactionState, redactMessage, redactSession, strictestPolicy, unknownRedactionState } from '../mod.ts';
import { each, leaving, talk } from './talk.fixture.ts';

describe('a card over several utterances', () => {
  it('is cut in all of them, across both sides', () => {
    const messages = talk('> And the card number?', '4111 1111', '> 4111 1111, go on', '1111', '> ok', 'eleven eleven');
    const expected = [
      'And the card number?',
      '[REDACTED:card]',
      '[REDACTED:card], go on',
      '[REDACTED:card]',
      'ok',
      '[REDACTED:card]',
    ];
    expect(leaving(messages, [])).toEqual(expected);
    expect(leaving(messages, each(messages))).toEqual(expected);
  });
  it('loses its code and expiry when they come later', () => {
    const messages = talk(
      'card 4111111111111111',
      '> Thank you. When does it expire?',
      '12 27',
      '> And the code on the back?',
      'one two three',
    );
    const expected = [
      'card [REDACTED:card]',
      'Thank you. When does it expire?',
      '[REDACTED:expiry]',
      'And the code on the back?',
      '[REDACTED:cvc]',
    ];
    expect(leaving(messages, [])).toEqual(expected);
    expect(leaving(messages, each(messages))).toEqual(expected);
  });
  it('shows its last four digits where it ends, if the policy says so and all four are said there', () => {
    const begun = redactSession(freshRedactionState, talk('card 4111 1111', '1111 11', '11'), {
      ...strictestPolicy,
      keepLastFour: true,
    });
    expect(begun.messages.map(({ text }) => text)).toEqual([
      'card [REDACTED:card]',
      '[REDACTED:card]',
      '[REDACTED:card]',
    ]);
    const ended = redactSession(freshRedactionState, talk('card 4111 1111', '1111 1111'), {
      ...strictestPolicy,
      keepLastFour: true,
    });
    expect(ended.messages[1]?.text).toBe('[REDACTED:card …1111]');
  });
  it('is cut in numbers of three digits, from its first in its batch', () => {
    const parts = ['four hundred twenty four', 'two hundred forty two', 'four hundred twenty four'];
    const messages = talk(...parts, 'two hundred forty two', 'four hundred twenty four two');
    expect(leaving(messages, [])).toEqual(messages.map(() => '[REDACTED:card]'));
  });
  it('is cut in the metadata of a message', () => {
    const [message] = redactSession(
      freshRedactionState,
      [{ role: 'tool', text: '', meta: { pan: '4111111111111111' } }],
      strictestPolicy,
    ).messages;
    expect(message).toEqual({ role: 'tool', text: '', meta: { pan: '[REDACTED:card]' } });
  });
  it('begins after a word that is no digit of it', () => {
    const messages = talk('> Your card?', 'the other one: 5555 5555', '5555 4444');
    expect(leaving(messages, each(messages)).slice(1)).toEqual(['the other one: [REDACTED:card]', '[REDACTED:card]']);
  });
  it('is cut from its beginning soon after another card, without a word about it', () => {
    const messages = talk(
      'my card is 4111 1111 1111 1111',
      'the other one: five five five five, five five five five,',
      '> mhm',
      'five five five five, four four four four',
    );
    const expected = ['my card is [REDACTED:card]', 'the other one: [REDACTED:card],', 'mhm', '[REDACTED:card]'];
    expect(leaving(messages, each(messages))).toEqual(expected);
    expect(leaving(messages, [])).toEqual(expected);
  });
  it('has its end cut after the state was lost, and an international telephone number stays', () => {
    const [batch] = [talk('1111 1111 1111')];
    expect(redactSession(unknownRedactionState, batch, strictestPolicy).messages[0]?.text).toBe('[REDACTED:card]');
    const [abroad] = [talk('0049 151 23456789')];
    expect(redactSession(unknownRedactionState, abroad, strictestPolicy).messages).toEqual(abroad);
  });
});

describe('a card in parts of one or two digits, which hold nothing else', () => {
  it.each([
    ['42', '4', '2424242424242'],
    ['fünf', 'acht', 'neun drei zwo eine zwo zwo drei zwo acht eine eine null'],
  ])('is cut from its eleventh digit on, with no word of a card: %j', (...parts) => {
    const messages = talk(...parts.flatMap((part) => [part, '> ok']));
    expect(leaving(messages, each(messages))[4]).toBe('[REDACTED:card]');
  });
  it('leaves no digit once it is whole in its batch', () => {
    const messages = talk('42', '> ok', '4', '> ok', '2424242424242');
    expect(leaving(messages, [])).toEqual(['[REDACTED:card]', 'ok', '[REDACTED:card]', 'ok', '[REDACTED:card]']);
  });
});

describe('a part of a card that is said with words for one that mean something else too', () => {
  it.each([
    ['meia zero um um', 'zero zero zero zero zero zero zero zero zero zero zero quatro'],
    ['quatro um um um', 'um um um um', 'um um um um um um um um'],
    ['quatro um um um, e depois um um', 'um um um um um um um um um um'],
    ['cuatro un un un', 'una una una una', 'un un un un un un un un'],
    ['quatre un un une', 'un un un un', 'une une une une un un un un'],
    ['quattro un uno una', 'un un un un', 'uno uno uno uno un un un un'],
    ['vier ein eine eins', 'ein ein ein ein', 'eine eine eine eine eins eins eins eins'],
    ['vier een één een', 'een een een een', 'een een een een één één één één'],
    ['four one one one', 'one one one one', 'won one one one one one one one'],
  ])('is cut: %s', (...parts) => {
    const messages = talk('> Card?', ...parts);
    const expected = ['Card?', ...parts.map(() => '[REDACTED:card]')];
    expect(leaving(messages, [])).toEqual(expected);
    expect(leaving(messages, each(messages))).toEqual(expected);
    // Without a word of a card, its first part may leave where it has no more than ten digits and something else
    // beside; bare it has nothing.
    expect(leaving(messages.slice(1), each(parts.map((text) => ({ role: 'user', text }))))[0]).toBe('[REDACTED:card]');
  });
  it('is cut behind a word too, where all of it is “um”', () => {
    const messages = talk('olhe: quatro um um um', 'olhe: um um um um', 'um um um um um um um um');
    expect(leaving(messages, [])).toEqual(['olhe: [REDACTED:card]', 'olhe: [REDACTED:card]', '[REDACTED:card]']);
  });
  it.each([
    ['um, four tickets for um Monday', 'um um, I do not know'],
    ['tenho um cachorro e três gatos', 'uma e meia da tarde', 'às sete e meia, um abraço', 'um momento, um só'],
    ['een moment, een twee drie', 'un moment, une fois', 'un momento, una volta', 'ein Moment, eine Frage, one thing'],
  ])('stays without digits beside it: %j', (...texts) => {
    expect(leaving(talk(...texts), each(talk(...texts)))).toEqual(texts);
  });
});

describe('a number that is no card', () => {
  it('stays behind a whole card that it would make a longer one of, if it says what it is', () => {
    const messages = talk('4532 8280 6725 1465', '> And the billing address?', 'four fifty-three Elm Street');
    expect(leaving(messages, each(messages)).at(-1)).toBe('four fifty-three Elm Street');
  });
  it.each([
    [talk('> What is your phone number?', '415 555 0123', '> And your order number?', '45123398')],
    [talk('> When were you born?', '30.12.1985', '> How many tickets?', 'four')],
    [talk('I paid 4512 dollars for 4 tickets on order 55123398')],
    [talk('> Which card did you use?', 'the one ending in 4242')],
    [talk('at four thirty, five fifteen, or six forty-five')],
    [talk('> How many would you like?', 'three hundred and nineteen, please')],
    [talk('trescientos diecinueve')],
    [talk('trois cent dix-neuf')],
  ])('stays: %j', (messages) => {
    expect(leaving(messages, each(messages))).toEqual(messages.map(({ text }) => text));
  });
});

describe('a message by itself', () => {
  it('loses a whole card, in its metadata too, and keeps a bare number that only begins like one', () => {
    const message = { role: 'user', text: '4111 1111 1111 1111', meta: { pan: 4111111111111111 } };
    expect(redactMessage(message, strictestPolicy)).toEqual({
      message: { role: 'user', text: '[REDACTED:card]', meta: { pan: '[REDACTED:card]' } },
      found: [{ kind: 'card', count: 2 }],
    });
    const order = { role: 'user', text: '45123398' };
    expect(redactMessage(order, strictestPolicy)).toEqual({ message: order, found: [] });
  });
});
