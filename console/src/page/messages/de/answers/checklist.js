/** Die Prüfliste vor dem Produktivbetrieb: wie es sein soll, wie es ist, warum und was zu tun ist. */
export const checklist = {
  'checklistWhat.bot-check': 'Wer anruft, wird auf Bots geprüft, und ohne Antwort der Prüfung kommt niemand herein.',
  'checklistWhat.https-origins': 'Jeder Ursprung eines Widget-Schlüssels für die Produktion ist https.',
  'checklistWhat.production-key': 'Es gibt einen Widget-Schlüssel für die Produktion.',
  'checklistWhat.key-ages': 'Kein Schlüssel ist älter als {days} Tage.',
  'checklistWhat.unused-keys': 'Jeder Schlüssel wurde in den letzten {days} Tagen verwendet.',
  'checklistWhat.api-key-ends': 'Jeder API-Schlüssel hat ein Ablaufdatum.',
  'checklistWhat.owners': 'Es gibt mindestens zwei Inhaber.',
  'checklistWhat.owner-second-factor': 'Jeder Inhaber hat einen zweiten Faktor.',
  'checklistWhat.sign-in-second-factor': 'Niemand meldet sich ohne zweiten Faktor an.',
  'checklistWhat.brokered-calls':
    'Gespräche sind vermittelt (brokered): VOX eröffnet sie beim Anbieter, überwacht und beendet sie.',
  'checklistWhat.spending-cap':
    'Was Besucher ausgeben dürfen, ist nicht nur für den Tag, sondern auch für den Monat gedeckelt.',
  'checklistWhat.retention': 'Worte werden höchstens {most} Tage aufbewahrt.',
  'checklistWhat.disclosure':
    'Kein Gespräch beginnt, bevor vermerkt ist, dass dem Besucher gesagt wurde, dass er mit einer Maschine spricht.',
  'checklistWhat.controller': 'Die Richtlinie nennt, wer für die Daten verantwortlich ist.',
  'checklistWhat.data-protection-officer': 'Die Richtlinie sagt, wie der Datenschutzbeauftragte zu erreichen ist.',
  'checklistWhat.supervisory-authority': 'Die Richtlinie nennt die Behörde, bei der sich eine Person beschweren kann.',
  'checklistWhat.webhooks': 'Ein Webhook meldet Fristen von Datenschutzanfragen und verbrauchte Budgets.',
  'checklistFound.check-off': 'Die Prüfung ist aus.',
  'checklistFound.check-denies': 'Geprüft wird mit {mode}.',
  'checklistFound.check-lets-in':
    'Geprüft wird mit {mode}; bleibt die Antwort aus, kommt man mit einem Vermerk herein.',
  'checklistFound.origins-https': 'Alle sind es.',
  'checklistFound.origins-http': 'Produktionsschlüssel, die http nennen: {count}.',
  'checklistFound.production-keys': 'Schlüssel für die Produktion: {count}.',
  'checklistFound.no-production-key': 'Es gibt keinen, der gilt.',
  'checklistFound.keys-young': 'Keiner ist älter.',
  'checklistFound.keys-over-age': 'Schlüssel, die erneuert werden sollten: {count}.',
  'checklistFound.keys-in-use': 'Jeder wurde verwendet.',
  'checklistFound.keys-unused': 'Schlüssel, die widerrufen werden sollten: {count}.',
  'checklistFound.api-keys-end': 'Jeder hat eines.',
  'checklistFound.api-keys-endless': 'API-Schlüssel ohne Ablaufdatum: {count}.',
  'checklistFound.calls-brokered': 'Sie sind vermittelt.',
  'checklistFound.calls-both': 'Die Richtlinie erlaubt beide Arten.',
  'checklistFound.calls-direct': 'Die Richtlinie erlaubt direkte.',
  'checklistFound.month-capped': 'Auch der Monat ist gedeckelt.',
  'checklistFound.day-capped': 'Nur der Tag ist gedeckelt.',
  'checklistFound.no-owner': 'Es gibt keinen Inhaber, der der Einladung gefolgt ist.',
  'checklistFound.one-owner': 'Es gibt einen.',
  'checklistFound.several-owners': 'Es gibt {count}.',
  'checklistFound.owners-with-factor': 'Jeder hat einen.',
  'checklistFound.owners-without-factor': 'Inhaber ohne zweiten Faktor: {count}.',
  'checklistFound.factor-demanded': 'Der Mandant verlangt einen.',
  'checklistFound.factor-not-demanded': 'Der Mandant verlangt keinen.',
  'checklistFound.kept-briefly': 'Tage, die sie aufbewahrt werden: {days}.',
  'checklistFound.kept-long': 'Tage, die sie aufbewahrt werden: {days}. Halten Sie fest, warum.',
  'checklistFound.disclosure-demanded': 'Es wird verlangt.',
  'checklistFound.disclosure-unrecorded': 'Besuchern wird es gesagt, aber nicht vermerkt.',
  'checklistFound.controller-named': 'Sie nennt ihn.',
  'checklistFound.controller-unnamed': 'Sie nennt niemanden.',
  'checklistFound.officer-named': 'Sie sagt es.',
  'checklistFound.officer-unnamed': 'Sie sagt es nicht: Das ist nur dort richtig, wo niemand benannt werden muss.',
  'checklistFound.authority-named': 'Sie nennt sie.',
  'checklistFound.authority-unnamed': 'Sie nennt keine.',
  'checklistFound.webhook-tells': 'Er meldet beides.',
  'checklistFound.webhook-silent': 'Niemand erfährt von: {events}.',
  'checklistWhy.bot-check':
    'Ein Widget-Schlüssel ist öffentlich: Ohne die Prüfung kann ein Programm Gespräche beginnen, die Sie bezahlen.',
  'checklistWhy.https-origins':
    'Wer auf der Leitung einer http-Seite sitzt, kann sie verändern und in ihrem Namen anrufen.',
  'checklistWhy.production-key':
    'Entwicklungsschlüssel gehen durch viele Hände und werden widerrufen, wenn ein Laptop verloren geht.',
  'checklistWhy.key-ages': 'Je länger ein Schlüssel in Gebrauch ist, an desto mehr Stellen ist er gelangt.',
  'checklistWhy.unused-keys':
    'Einen Schlüssel, den niemand benutzt, vermisst niemand: So fällt auch nicht auf, wer ihn sonst noch hat.',
  'checklistWhy.api-key-ends': 'Ein Schlüssel ohne Ablaufdatum gilt, bis jemand an ihn denkt.',
  'checklistWhy.owners':
    'Verliert der einzige Inhaber sein Postfach oder geht er, kommt niemand mehr an den Mandanten.',
  'checklistWhy.owner-second-factor':
    'Ein Code per E-Mail beweist nur ein Postfach; ein Inhaber kann jedes gesprochene Wort lesen.',
  'checklistWhy.sign-in-second-factor':
    'Das Postfach eines Datenschutzbeauftragten ist für einen Dieb so viel wert wie das eines Inhabers.',
  'checklistWhy.brokered-calls':
    'In einem direkten Gespräch gilt, was der Browser als Verbrauch meldet, und er beendet es selbst.',
  'checklistWhy.spending-cap': 'Dreißig schlechte Tage kosten dreißigmal so viel wie einer.',
  'checklistWhy.retention':
    'Personenbezogene Daten werden nur so lange aufbewahrt, wie ihr Zweck es verlangt (DSGVO, Art. 5 Abs. 1 Buchst. e).',
  'checklistWhy.disclosure':
    'Wer mit einer Maschine spricht, muss das erfahren (KI-Verordnung der EU, Art. 50 Abs. 1).',
  'checklistWhy.controller':
    'Wer fragt, muss es erfahren (DSGVO, Art. 13 Abs. 1 Buchst. a); bis dahin steht in Auskünften „to be filled in“.',
  'checklistWhy.data-protection-officer':
    'Wo es einen gibt, müssen Personen es erfahren (DSGVO, Art. 13 Abs. 1 Buchst. b und Art. 37).',
  'checklistWhy.supervisory-authority':
    'Sie steht in jeder Auskunft an eine Person (DSGVO, Art. 15 Abs. 1 Buchst. f) und erfährt von einer Verletzung binnen 72 Stunden (Art. 33).',
  'checklistWhy.webhooks': 'Eine Frist, von der niemand erfährt, wird versäumt.',
  'checklistHow.bot-check':
    'Setzen Sie in der Datei des Mandanten bot.mode auf proof-of-work, turnstile oder botid und bot.whenUnavailable auf deny; dann vox tenant put.',
  'checklistHow.https-origins':
    'Legen Sie unter „Widget-Schlüssel“ einen Schlüssel allein mit den https-Ursprüngen an und widerrufen Sie den anderen.',
  'checklistHow.production-key': 'Legen Sie unter „Widget-Schlüssel“ einen an, mit der Umgebung „Produktion“.',
  'checklistHow.key-ages':
    'Geben Sie ihm einen Nachfolger mit einer Frist: „Erneuern“, unter „Widget-Schlüssel“ oder „API-Schlüssel“.',
  'checklistHow.unused-keys': 'Widerrufen Sie ihn unter „Widget-Schlüssel“ oder „API-Schlüssel“.',
  'checklistHow.api-key-ends':
    'Legen Sie unter „API-Schlüssel“ Schlüssel mit Ablaufdatum an und erneuern Sie die ohne.',
  'checklistHow.owners': 'Laden Sie unter „Personen“ einen weiteren ein, mit der Rolle „Inhaber“.',
  'checklistHow.owner-second-factor': 'Jeder Inhaber fügt unter „Ihr Konto“ einen hinzu, möglichst einen Passkey.',
  'checklistHow.sign-in-second-factor':
    'Setzen Sie in der Datei des Mandanten signIn.secondFactor auf required; dann vox tenant put.',
  'checklistHow.brokered-calls': 'Setzen Sie in der Datei des Mandanten calls auf brokered; dann vox tenant put.',
  'checklistHow.spending-cap':
    'Tragen Sie in der Datei des Mandanten limits.widget.microsPerMonth ein; dann vox tenant put.',
  'checklistHow.retention':
    'Setzen Sie in der Datei des Mandanten retention.transcripts auf weniger Tage, 0 bewahrt nichts auf; dann vox tenant put.',
  'checklistHow.disclosure': 'Setzen Sie in der Datei des Mandanten consent.disclosure auf true; dann vox tenant put.',
  'checklistHow.controller': 'Tragen Sie in der Datei des Mandanten privacy.controller ein; dann vox tenant put.',
  'checklistHow.data-protection-officer':
    'Tragen Sie in der Datei des Mandanten privacy.dataProtectionOfficer ein; dann vox tenant put.',
  'checklistHow.supervisory-authority':
    'Tragen Sie in der Datei des Mandanten privacy.supervisoryAuthority ein; dann vox tenant put.',
  'checklistHow.webhooks':
    'Legen Sie unter „Webhooks“ einen an, mit den Ereignissen privacy.deadline und quota.threshold.',
};
