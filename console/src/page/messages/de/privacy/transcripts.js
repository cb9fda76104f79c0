/** Gespräche, deren Worte aufbewahrt werden, und wie man sie liest. */
export const transcripts = {
  'menu.transcripts': 'Transkripte',
  'transcripts.text':
    'Gespräche, deren Worte aufbewahrt werden, das neueste zuerst. Die Worte stehen auf der Seite jedes Gesprächs.',
  'transcripts.none': 'Es gibt kein Transkript, das diese Auswahl trifft.',
  'transcripts.agent': 'Agent',
  'transcripts.startedAt': 'Beginn',
  'transcripts.endedAt': 'Ende',
  'transcripts.finalisedAt': 'Abgeschlossen',
  'transcripts.whole': 'Vollständig',
  'transcripts.complete': 'die Seite hat alles gesendet',
  'transcripts.partial': 'etwas kann fehlen',
  'transcripts.read': 'Worte lesen',
  'transcripts.again': 'Worte noch einmal lesen',
  'transcripts.readText':
    'Das Prüfprotokoll hält fest, wer sie las und warum. Sie bleiben hier, bis Sie diese Seite verlassen.',
  'speaker.user': 'Besucher',
  'speaker.assistant': 'Agent',
  'speaker.tool': 'Werkzeug',
};
