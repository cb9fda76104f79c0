/** What a proof on paper says. */
export const evidence = {
  'evidence.print': 'Print',
  'evidence.zone': 'Time zone',
  'evidence.by': 'Printed by',
  'evidence.at': 'Printed',
  'evidence.address': 'Address',
};
