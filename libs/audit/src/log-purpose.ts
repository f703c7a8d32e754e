/** Why somebody looks into the log; closed, so that no words about a client end up in a log that outlives the record. */
export const logPurposes = ['complaint', 'client-request', 'incident', 'random-check', 'supervision'] as const;
export type LogPurpose = (typeof logPurposes)[number];

const names: Readonly<Record<LogPurpose, string>> = {
  complaint: 'Klacht of vraag van een cliënt of naaste',
  'client-request': 'Verzoek om inzage in het logboek (AVG)',
  incident: 'Mogelijk datalek of misbruik',
  'random-check': 'Steekproef',
  supervision: 'Vraag van toezichthouder of accountant',
};

/** As the page shows it. */
export function nameLogPurpose(purpose: LogPurpose): string {
  return names[purpose];
}
