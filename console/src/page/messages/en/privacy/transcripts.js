/** Calls whose words are kept, and reading them. */
export const transcripts = {
  'menu.transcripts': 'Transcripts',
  'transcripts.text': 'Calls whose words are kept, the newest first. The words stand on the page of each call.',
  'transcripts.none': 'There is no transcript that this selects.',
  'transcripts.agent': 'Agent',
  'transcripts.startedAt': 'Began',
  'transcripts.endedAt': 'Ended',
  'transcripts.finalisedAt': 'Closed',
  'transcripts.whole': 'Whole',
  'transcripts.complete': 'the page sent all',
  'transcripts.partial': 'something may be missing',
  'transcripts.read': 'Read the words',
  'transcripts.again': 'Read the words again',
  'transcripts.readText': 'The audit log keeps who read them and why. They stay here until you leave this page.',
  'speaker.user': 'Visitor',
  'speaker.assistant': 'Agent',
  'speaker.tool': 'Tool',
};
