/** Der Weg zu einem ersten Gespräch, und ein Gespräch aus der Konsole. */
export const firstCall = {
  'menu.first-call': 'Erstes Gespräch',
  'start.agent': 'Ein Agent',
  'start.noAgent': 'Es gibt noch keinen Agenten. Legen Sie eine Richtlinie mit einem ab: mit vox oder über die API.',
  'start.key': 'Ein Schlüssel für Ihre Seite',
  'start.keyText': 'Ein Widget-Schlüssel gilt auf Seiten der Ursprünge, die Sie ihm geben, und sonst nirgends.',
  'start.page': 'Die Zeile in Ihrer Seite',
  'start.keyFirst': 'Sobald es einen Schlüssel gibt, steht hier die Zeile für die Seite.',
  'start.onPages':
    'Sie gilt auf Seiten von: {origins}. Dieser Schritt ist erledigt, sobald ein Besucher von einer aus gesprochen hat.',
  'start.try': 'Hier ausprobieren',
  'start.tryText':
    'Sprechen Sie jetzt mit Ihrem Agenten, ohne eigene Seite. Das Gespräch zählt zu den Grenzen der Mitglieder.',
  'try.title': 'Ein Probegespräch',
  'try.text':
    'Sie sprechen als Mitglied mit dem Agenten, in den Grenzen der Mitglieder, über Ihr Mikrofon. Der Server führt das Gespräch. Es endet, wenn Sie diese Seite verlassen.',
  'try.start': 'Gespräch beginnen',
  'try.end': 'Gespräch beenden',
  'try.ready': 'Bereit.',
  'try.starting': 'Das Gespräch beginnt …',
  'try.listening': 'Der Agent hört zu.',
  'try.speaking': 'Der Agent spricht.',
  'try.thinking': 'Der Agent denkt nach.',
  'try.over': 'Das Gespräch ist beendet.',
  'try.because': 'Warum es endete: {why}.',
  'try.left': 'Verbleibende Zeit: {time}',
  'try.captions': 'Was gesagt wird',
  'try.you': 'Sie',
  'try.noMicrophone':
    'Es gibt kein Mikrofon, das diese Seite verwenden darf. Erlauben Sie es im Browser und beginnen Sie dann noch einmal.',
  'try.noLine':
    'Es kam keine Leitung zum Agenten zustande, oder sie ging verloren. Prüfen Sie Ihr Netz und beginnen Sie dann noch einmal.',
  'try.wordsKept': 'Ihr Mandant bewahrt auf, was in Gesprächen gesagt wird.',
  'try.timeline': 'Die Zeitleiste dieses Gesprächs',
  'problem.DIRECT_ONLY':
    'Ihr Mandant erlaubt nur Gespräche, die ein Browser selbst beim Anbieter führt. Die Konsole führt keine solchen.',
  'problem.MAX_CONCURRENT_SESSIONS': 'Es läuft schon ein anderes Gespräch. Beenden Sie es zuerst.',
  'problem.DAILY_QUOTA_EXCEEDED': 'Das Budget für solche Gespräche ist vorerst aufgebraucht.',
  'problem.TENANT_SUSPENDED': 'Ihr Mandant ist gesperrt, oder sein Not-Aus ist eingelegt.',
};
